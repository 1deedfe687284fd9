package org.samegan.torch.library;

import java.nio.file.Path;
import org.samegan.torch.device.TorchDevice;

/**
 * A process of its own that loads one file after another as libtorch, and says of each what came of
 * it. Only the last may be one.
 */
final class Loading {
  static final String BEFORE = "loading ";

  private Loading() {}

  /** Loads the files of these names. */
  public static void main(String[] files) {
    for (String file : files) {
      System.out.println(BEFORE + file);
      try {
        LibTorch torch = LibTorch.load(Path.of(file));
        System.out.println("loaded " + torch.version());
        TorchDevice.cuda(torch, 0);
        System.out.println("there is a GPU");
      } catch (TorchException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
