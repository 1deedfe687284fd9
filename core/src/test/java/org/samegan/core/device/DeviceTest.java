package org.samegan.core.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceTest {
  private static final GpuListing NONE = GpuListing.of(9, "NVIDIA-SMI has failed\nmore");
  private static final GpuListing T4 = GpuListing.of(0, "Tesla T4, 7.5\n");
  private static final GpuListing H100 = GpuListing.of(0, "NVIDIA H100 80GB HBM3, 9.0\n");

  @Test
  void readsTheDriversListing() {
    assertThat(GpuListing.of(0, "Tesla T4, 7.5\r\nNVIDIA L4, 8.9\n").gpus())
        .containsExactly(new Gpu("Tesla T4", 7, 5), new Gpu("NVIDIA L4", 8, 9));
    assertThat(NONE.gpus()).isEmpty();
    assertThat(NONE.problem()).isEqualTo("nvidia-smi failed with code 9: NVIDIA-SMI has failed");
    assertThat(GpuListing.of(0, "No devices were found").problem())
        .contains("No devices were found");
  }

  @ParameterizedTest
  @CsvSource({
    "3.5, false",
    "3.7, true",
    "7.5, true",
    "8.6, true",
    "8.9, true",
    "9.0, false",
    "10.0, false",
    "12.0, false"
  })
  void knowsWhatTheBinaryHasCodeFor(String capability, boolean supported) {
    assertThat(GpuListing.of(0, "GPU, " + capability).gpus().get(0).isSupported())
        .isEqualTo(supported);
  }

  @Test
  void autoTakesAGpuThatCanBeUsed() {
    assertThat(Device.AUTO.decide(true, true, T4))
        .isEqualTo(new Device.Choice(Device.GPU, Optional.empty()));
  }

  @Test
  void autoFallsBackSilentlyWhereNothingSpeaksOfAGpu() {
    Device.Choice choice = Device.AUTO.decide(true, false, NONE);
    assertThat(choice.device()).isEqualTo(Device.CPU);
    assertThat(choice.notice()).isEmpty();
  }

  @Test
  void autoFallsBackWithAReasonWhereAGpuOrItsBackendIsThere() {
    assertThat(Device.AUTO.decide(true, true, NONE).notice().orElseThrow())
        .contains("using the CPU", "no GPU was found", "code 9");
    assertThat(Device.AUTO.decide(true, true, H100).notice().orElseThrow())
        .contains("H100", "9.0", "3.7 to 8.9");
    assertThat(Device.AUTO.decide(true, false, T4).notice().orElseThrow())
        .contains("Tesla T4", "the option backend libtorch");
  }

  @Test
  void gpuIsAnErrorThatSaysWhatWasFound() {
    assertThatThrownBy(() -> Device.GPU.decide(true, false, NONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no CUDA backend")
        .hasMessageContaining("use libtorch, with the option backend libtorch");
    assertThatThrownBy(() -> Device.GPU.decide(true, true, NONE))
        .hasMessageContaining("no GPU was found (nvidia-smi failed with code 9");
    assertThatThrownBy(() -> Device.GPU.decide(true, true, H100))
        .hasMessageContaining("H100 80GB HBM3 with compute capability 9.0")
        .hasMessageContaining("3.7 to 8.9");
    assertThatThrownBy(() -> Device.GPU.decide(true, false, H100))
        .hasMessageContaining("can't run ND4J's CUDA 11.6 binary");
    assertThat(Device.GPU.decide(false, true, T4).device()).isEqualTo(Device.GPU);
  }

  @Test
  void theCpuNeedsABackendOfItsOwn() {
    assertThat(Device.CPU.decide(true, true, GpuListing.EMPTY))
        .isEqualTo(new Device.Choice(Device.CPU, Optional.empty()));
    assertThatThrownBy(() -> Device.AUTO.decide(false, true, NONE))
        .hasMessageContaining("no GPU was found")
        .hasMessageContaining("SAMEGAN_BACKEND=native");
  }
}
