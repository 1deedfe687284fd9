package org.samegan.core.device;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which build of ND4J's native library this CPU can run. The builds with oneDNN convolve 10 to 15
 * times faster than the plain one, but need AVX2 or AVX-512; one that the CPU can't run would kill
 * the process with an illegal instruction, so it is chosen before anything is loaded, and when in
 * doubt the plain build is.
 */
public enum CpuBinary {
  /** Compiled for Skylake servers: AVX-512 F, CD, BW, DQ and VL, on top of what AVX2 needs. */
  AVX512("-onednn-avx512", 3),
  /** Compiled for Haswell: AVX2, FMA and the bit manipulation sets. */
  AVX2("-onednn-avx2", 2),
  /** Runs on every CPU of its architecture; without oneDNN. */
  PLAIN("", 0);

  private static final List<String> HASWELL =
      List.of("avx2", "fma", "bmi1", "bmi2", "f16c", "movbe", "abm");
  private static final List<String> SKYLAKE_SERVER =
      List.of("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl");
  private static final String EXTENSION = "org.bytedeco.javacpp.platform.extension";

  private final String extension;
  private final int hotSpotLevel;

  CpuBinary(String extension, int hotSpotLevel) {
    this.extension = extension;
    this.hotSpotLevel = hotSpotLevel;
  }

  /** The name in files, such as {@code avx2}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Tells ND4J's loader which build to take: the best of those that the CPU can run and that are on
   * the class path. It must be called before any ND4J class is used; an extension that the user has
   * set stays. For a user without a home it also says where to unpack it.
   *
   * @return the build that will be loaded
   */
  public static CpuBinary select() {
    NativeCache.choose();
    CpuBinary best = ofThisMachine();
    String chosen = System.getProperty(EXTENSION);
    for (CpuBinary binary : values()) {
      boolean runs = binary.compareTo(best) >= 0;
      if (chosen == null ? runs && available(binary) : chosen.equals(binary.extension)) {
        System.setProperty(EXTENSION, binary.extension);
        return binary;
      }
    }
    return PLAIN;
  }

  /** The best build for this machine's CPU. */
  public static CpuBinary ofThisMachine() {
    String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    if (!architecture.equals("amd64") && !architecture.equals("x86_64")) {
      return PLAIN;
    }
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      try {
        return ofCpuInfo(Files.readAllLines(info));
      } catch (IOException e) {
        throw new UncheckedIOException("can't read the CPU's capabilities from " + info, e);
      }
    }
    return ofHotSpotLevel();
  }

  /** By Linux's list of what the CPU can do; a set that one processor lacks is not used. */
  static CpuBinary ofCpuInfo(List<String> lines) {
    Set<String> common = null;
    for (String line : lines) {
      if (line.startsWith("flags")) {
        String list = line.substring(line.indexOf(':') + 1).trim();
        Set<String> flags = new HashSet<>(Arrays.asList(list.split("\\s+")));
        if (common == null) {
          common = flags;
        } else {
          common.retainAll(flags);
        }
      }
    }
    if (common == null || !common.containsAll(HASWELL)) {
      return PLAIN;
    }
    return common.containsAll(SKYLAKE_SERVER) ? AVX512 : AVX2;
  }

  /** By what the JVM itself uses, where there is no such list; it never claims too much. */
  private static CpuBinary ofHotSpotLevel() {
    HotSpotDiagnosticMXBean hotSpot =
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    int level = hotSpot == null ? 0 : Integer.parseInt(hotSpot.getVMOption("UseAVX").getValue());
    for (CpuBinary binary : values()) {
      if (level >= binary.hotSpotLevel) {
        return binary;
      }
    }
    return PLAIN;
  }

  /** Whether the build is on the class path: a program may ship fewer than SameGAN does. */
  private static boolean available(CpuBinary binary) {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String platform =
        os.startsWith("mac") ? "macosx" : os.startsWith("windows") ? "windows" : "linux";
    String folder = "org/nd4j/linalg/cpu/nativecpu/bindings/" + platform + "-x86_64";
    ClassLoader loader = CpuBinary.class.getClassLoader();
    return binary == PLAIN || loader.getResource(folder + binary.extension + "/") != null;
  }
}
