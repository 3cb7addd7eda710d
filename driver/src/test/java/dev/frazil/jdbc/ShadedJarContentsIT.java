package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

/** What is in the driver jar: ours, relocated libraries, and nothing that could meet the user's. */
class ShadedJarContentsIT {
  private static final Path JAR = Path.of(System.getProperty("frazil.jar"));
  private static final long BUDGET_BYTES = 50_000_000;

  /** Its native methods are bound to its name. */
  private static final String ZSTD = "com/github/luben/zstd/";

  private static List<String> entries() throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(JAR))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (!entry.isDirectory()) {
          names.add(entry.getName());
        }
      }
    }
    return names;
  }

  @Test
  void isWithinItsBudget() throws IOException {
    long size = Files.size(JAR);
    System.out.printf("driver jar: %,d bytes of %,d%n", size, BUDGET_BYTES);
    assertThat(size).isLessThanOrEqualTo(BUDGET_BYTES);
  }

  @Test
  void holdsNothingTwice() throws IOException {
    Set<String> seen = new HashSet<>();
    assertThat(entries()).allMatch(seen::add);
  }

  @Test
  void everyClassIsOursOrRelocated() throws IOException {
    assertThat(entries())
        .filteredOn(name -> name.endsWith(".class"))
        .hasSizeGreaterThan(10_000)
        .allMatch(name -> name.startsWith("dev/frazil/") || name.startsWith(ZSTD));
  }

  @Test
  void everythingElseIsKnown() throws IOException {
    assertThat(entries())
        .filteredOn(name -> !name.startsWith("dev/frazil/") && !name.startsWith(ZSTD))
        .filteredOn(name -> !name.startsWith("META-INF/services/"))
        .allMatch(
            name ->
                name.matches(
                    "META-INF/(MANIFEST.MF|LICENSE|LICENSE-third-party|NOTICE)"
                        + "|iceberg-build.properties"
                        + "|(linux/(amd64|aarch64)|darwin/(x86_64|aarch64)|win/amd64)"
                        + "/libzstd-jni-.*"));
  }

  @Test
  void leftOutWhatMustNotBeThere() throws IOException {
    assertThat(entries())
        .noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA|EC)"))
        .noneMatch(name -> name.startsWith("META-INF/versions/"))
        .noneMatch(name -> name.endsWith("module-info.class"))
        .noneMatch(name -> name.contains("org/apache/hadoop/"))
        .noneMatch(name -> name.contains("org/apache/log4j") || name.contains("logging/log4j"))
        .noneMatch(name -> name.contains("commons/logging"))
        .noneMatch(name -> name.contains("io/netty"));
  }

  @Test
  void servicesNameClassesOfTheJar() throws IOException {
    Set<String> names = new HashSet<>(entries());
    try (ZipFile zip = new ZipFile(JAR.toFile())) {
      for (String name : names) {
        if (!name.startsWith("META-INF/services/")) {
          continue;
        }
        String service = name.substring("META-INF/services/".length());
        assertThat(service).matches("java\\.sql\\.Driver|dev\\.frazil\\..*");
        try (InputStream in = zip.getInputStream(zip.getEntry(name))) {
          List<String> providers =
              new String(in.readAllBytes(), StandardCharsets.UTF_8)
                  .lines()
                  .filter(line -> !line.isBlank() && !line.startsWith("#"))
                  .toList();
          assertThat(providers)
              .isNotEmpty()
              .allMatch(provider -> names.contains(provider.trim().replace('.', '/') + ".class"));
          if (service.equals("java.sql.Driver")) {
            assertThat(providers).containsExactly("dev.frazil.jdbc.FrazilDriver");
          }
        }
      }
    }
    assertThat(names).contains("META-INF/services/java.sql.Driver");
  }

  @Test
  void manifestNamesTheModule() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Manifest manifest = jar.getManifest();
      assertThat(manifest.getMainAttributes().getValue("Automatic-Module-Name"))
          .isEqualTo("dev.frazil.jdbc");
      assertThat(manifest.getMainAttributes().getValue("Multi-Release")).isNotEqualTo("true");
    }
  }

  /** Maven shaded it twice from the same input. */
  @Test
  void isTheSameWheneverItIsBuilt() throws IOException {
    Path again = Path.of(System.getProperty("frazil.jar.again"));
    assertThat(Files.mismatch(JAR, again)).as("first byte that differs").isEqualTo(-1);
  }

  @Test
  void billOfMaterialsListsTheLibraries() throws IOException {
    Path billOfMaterials = Path.of(System.getProperty("frazil.sbom"));
    assumeTrue(
        Files.exists(billOfMaterials) || !System.getProperty("frazil.offline").endsWith("true"),
        "the CycloneDX plugin works online only, and Maven runs offline");
    assertThat(Files.readString(billOfMaterials))
        .contains("iceberg-core", "calcite-core", "zstd-jni", "pkg:maven/")
        .doesNotContain("junit-jupiter");
  }
}
