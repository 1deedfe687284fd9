package org.samegan.core.device;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.nd4j.common.config.ND4JClassLoading;

/**
 * Hides the CUDA backend from ND4J's search, which would otherwise prefer it: ND4J takes priorities
 * from the process's environment alone, which a running JVM can't change.
 */
final class CpuBackendOnly extends ClassLoader {
  private static final String SERVICE = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";

  private CpuBackendOnly(ClassLoader parent) {
    super(parent);
  }

  static void install() {
    ND4JClassLoading.setNd4jClassloader(new CpuBackendOnly(CpuBackendOnly.class.getClassLoader()));
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    Enumeration<URL> all = super.getResources(name);
    if (!name.equals(SERVICE)) {
      return all;
    }
    List<URL> others =
        Collections.list(all).stream().filter(url -> !url.toString().contains("cuda")).toList();
    return Collections.enumeration(others);
  }
}
