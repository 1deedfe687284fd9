package org.samegan.torch;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.samegan.core.device.CpuBinary;

/** Chooses ND4J's native build before the first test; JUnit finds it as a service. */
public final class NativeLibrary implements BeforeAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    CpuBinary.select();
  }
}
