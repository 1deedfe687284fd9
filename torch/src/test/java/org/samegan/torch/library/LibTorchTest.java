package org.samegan.torch.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.samegan.torch.TestLibrary;

/** What is said of libraries that can't be used. */
class LibTorchTest {
  @TempDir Path directory;

  @Test
  void isFoundOnceAndTellsItsVersion() {
    LibTorch torch = LibTorch.load(TestLibrary.file());
    assertThat(LibTorch.load(TestLibrary.file())).isSameAs(torch);
    assertThat(torch.version()).matches("2\\.\\d+\\.\\d+");
    assertThat(torch.threads()).isPositive();
  }

  @Test
  void onlyOneIsLoaded() throws IOException {
    LibTorch.load(TestLibrary.file());
    Path other = Files.createFile(directory.resolve("libtorch.so"));
    assertThatThrownBy(() -> LibTorch.load(other))
        .isInstanceOf(TorchException.class)
        .hasMessageContaining("uses " + TestLibrary.file().toAbsolutePath())
        .hasMessageContaining("start another");
  }

  @Test
  void aLibraryWithoutAFunctionIsRefusedWithItsName() {
    LibTorch torch = LibTorch.load(TestLibrary.file());
    assertThatThrownBy(() -> SymbolBinding.bind(Partly.class, torch.library(), "take another"))
        .isInstanceOf(TorchException.class)
        .hasMessageEndingWith(
            "; take another (of 2 functions that SameGAN calls it lacks torch_no_such_function)");
    // Nothing was bound, the function that is there neither.
    assertThatThrownBy(Partly::cpu).isInstanceOf(UnsatisfiedLinkError.class);
    assertThat(TorchFunctions.deviceTypeCpu()).isZero();
  }

  private static final class Partly {
    @Symbol("torch_no_such_function")
    static native int nothing();

    @Symbol("aoti_torch_device_type_cpu")
    static native int cpu();
  }

  @Test
  void aSettingThatALibraryLacksIsNotMade() {
    LibTorch torch = LibTorch.load(TestLibrary.file());
    assertThat(torch.set("_ZN2at7Context17setAllowTF32CuDNNEb", false)).isTrue();
    assertThat(torch.set("_ZN2at7Context10setNothingEb", true)).isFalse();
  }

  @Test
  void anOperatorThatLibtorchLacksIsNamed() {
    LibTorch.load(TestLibrary.file());
    Operator unknown = new Operator("aten::no_such_operator", 1, List.of());
    assertThatThrownBy(() -> unknown.call(new long[1], 0))
        .isInstanceOf(TorchException.class)
        .hasMessageContaining("libtorch refused aten::no_such_operator");
  }

  /** As libtorch itself reads it: a truth that is not 1 makes a precision that there is none of. */
  @Test
  void settingsArriveAsTheyWereMeant() {
    LibTorch torch = LibTorch.load(TestLibrary.file());
    String reader = "_ZNK2at7Context16float32PrecisionENS_14Float32BackendENS_9Float32OpE";
    assumeTrue(SymbolBinding.has(torch.library(), reader), "this libtorch can't be asked");
    Pointer context =
        torch.library().getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
    int cuda = 1;
    int convolution = 1;
    int tf32 = 2;
    int none = 0;
    for (boolean allowed : new boolean[] {true, false}) {
      assertThat(torch.set("_ZN2at7Context17setAllowTF32CuDNNEb", allowed)).isTrue();
      int found =
          torch.library().getFunction(reader).invokeInt(new Object[] {context, cuda, convolution});
      assertThat(found & 0xff).isEqualTo(allowed ? tf32 : none);
    }
  }
}
