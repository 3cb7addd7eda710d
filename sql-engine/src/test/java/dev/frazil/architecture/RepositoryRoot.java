package dev.frazil.architecture;

import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the top of the checkout from wherever the tests run. */
public final class RepositoryRoot {
  private RepositoryRoot() {}

  /** The folder that holds README.md and META-INF. */
  public static Path find() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("META-INF"))) {
      folder = folder.getParent();
    }
    if (folder == null) {
      throw new IllegalStateException("not inside of a checkout: " + Path.of("").toAbsolutePath());
    }
    return folder;
  }
}
