package org.samegan.core.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which build is taken on which CPU, from excerpts of real machines' /proc/cpuinfo. */
class CpuBinaryTest {
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";
  private static final String SANDY_BRIDGE =
      "fpu vme de pse tsc msr pae mce cx8 apic sep mtrr pge mca cmov pat pse36 clflush dts acpi mmx"
          + " fxsr sse sse2 ss ht tm pbe syscall nx rdtscp lm constant_tsc arch_perfmon pebs bts"
          + " rep_good nopl xtopology nonstop_tsc aperfmperf eagerfpu pni pclmulqdq dtes64 monitor"
          + " ds_cpl vmx est tm2 ssse3 cx16 xtpr pdcm pcid sse4_1 sse4_2 x2apic popcnt"
          + " tsc_deadline_timer aes xsave avx lahf_lm epb xsaveopt dtherm ida arat pln pts";
  private static final String HASWELL =
      SANDY_BRIDGE
          + " fma movbe f16c rdrand abm fsgsbase tsc_adjust bmi1 hle avx2 smep bmi2 erms invpcid"
          + " rtm";
  private static final String SKYLAKE_SERVER =
      HASWELL
          + " mpx rdseed adx smap clflushopt clwb intel_pt avx512f avx512dq avx512cd avx512bw"
          + " avx512vl xsavec xgetbv1";
  private static final String KNIGHTS_LANDING =
      HASWELL + " rdseed adx smap clflushopt avx512f avx512pf avx512er avx512cd";

  @Test
  void aSkylakeServerTakesAvx512() {
    assertThat(CpuBinary.ofCpuInfo(cpu(0, SKYLAKE_SERVER))).isEqualTo(CpuBinary.AVX512);
  }

  @Test
  void aHaswellTakesAvx2() {
    assertThat(CpuBinary.ofCpuInfo(cpu(0, HASWELL))).isEqualTo(CpuBinary.AVX2);
  }

  @Test
  void aCpuWithSomeOfAvx512TakesAvx2() {
    assertThat(CpuBinary.ofCpuInfo(cpu(0, KNIGHTS_LANDING))).isEqualTo(CpuBinary.AVX2);
  }

  @Test
  void aSandyBridgeTakesThePlainBuild() {
    assertThat(CpuBinary.ofCpuInfo(cpu(0, SANDY_BRIDGE))).isEqualTo(CpuBinary.PLAIN);
  }

  @Test
  void avx2WithoutFusedMultiplyAddTakesThePlainBuild() {
    assertThat(CpuBinary.ofCpuInfo(cpu(0, HASWELL.replace(" fma ", " "))))
        .isEqualTo(CpuBinary.PLAIN);
  }

  @Test
  void ofProcessorsThatDifferTheWeakestDecides() {
    List<String> lines = new ArrayList<>(cpu(0, SKYLAKE_SERVER));
    lines.addAll(cpu(1, HASWELL));
    assertThat(CpuBinary.ofCpuInfo(lines)).isEqualTo(CpuBinary.AVX2);

    lines.addAll(cpu(2, SANDY_BRIDGE));
    assertThat(CpuBinary.ofCpuInfo(lines)).isEqualTo(CpuBinary.PLAIN);
  }

  @Test
  void withoutFlagsThePlainBuildIsTaken() {
    assertThat(CpuBinary.ofCpuInfo(List.of())).isEqualTo(CpuBinary.PLAIN);
    assertThat(CpuBinary.ofCpuInfo(List.of("flags\t\t:"))).isEqualTo(CpuBinary.PLAIN);
    assertThat(CpuBinary.ofCpuInfo(List.of("processor : 0", "Features : fp asimd evtstrm aes")))
        .isEqualTo(CpuBinary.PLAIN);
  }

  /** The bugs and the virtual machine's flags have lines of their own. */
  @Test
  void linesThatOnlyLookLikeFlagsAreIgnored() {
    List<String> lines = new ArrayList<>(cpu(0, SANDY_BRIDGE));
    lines.add("vmx flags\t: " + SKYLAKE_SERVER);
    lines.add("bugs\t\t: avx512f avx2 fma");

    assertThat(CpuBinary.ofCpuInfo(lines)).isEqualTo(CpuBinary.PLAIN);
  }

  @Test
  void whatIsSelectedStaysSelected() {
    assertThat(CpuBinary.select()).isEqualTo(CpuBinary.select());
    assertThat(CpuBinary.select()).isGreaterThanOrEqualTo(CpuBinary.ofThisMachine());
  }

  /** All builds are on the tests' class path. */
  @Test
  void withoutAChoiceTheBestBuildForTheCpuIsSelected() {
    String before = System.clearProperty(EXTENSION);
    try {
      assertThat(CpuBinary.select()).isEqualTo(CpuBinary.ofThisMachine());
      String expected =
          switch (CpuBinary.ofThisMachine()) {
            case AVX512 -> "-onednn-avx512";
            case AVX2 -> "-onednn-avx2";
            case PLAIN -> "";
          };
      assertThat(System.getProperty(EXTENSION)).isEqualTo(expected);
    } finally {
      restore(before);
    }
  }

  @ParameterizedTest
  @CsvSource({"'',PLAIN", "-onednn-avx2,AVX2", "-onednn-avx512,AVX512", "-of-their-own,PLAIN"})
  void theUsersChoiceStays(String extension, CpuBinary expected) {
    String before = System.setProperty(EXTENSION, extension);
    try {
      assertThat(CpuBinary.select()).isEqualTo(expected);
      assertThat(System.getProperty(EXTENSION)).isEqualTo(extension);
    } finally {
      restore(before);
    }
  }

  /** ND4J is loaded by it, perhaps by a later test. */
  private static void restore(String extension) {
    if (extension == null) {
      System.clearProperty(EXTENSION);
    } else {
      System.setProperty(EXTENSION, extension);
    }
  }

  private static List<String> cpu(int number, String flags) {
    return List.of(
        "processor\t: " + number,
        "vendor_id\t: GenuineIntel",
        "cpu family\t: 6",
        "model name\t: Intel(R) Xeon(R) CPU @ 2.00GHz",
        "flags\t\t: " + flags,
        "bugs\t\t: spectre_v1 spectre_v2",
        "");
  }
}
