package dev.frazil.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ConnectionConfig;
import dev.frazil.config.Warehouse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A local folder must not pay for the AWS SDK: about a thousand classes and a part of a second. */
class LazyAwsLoadingTest {
  @TempDir Path folder;

  @Test
  void aLocalFolderLoadsNoClassOfTheAwsSdk() throws Exception {
    List<String> loaded = classesLoadedBy(folder.toString());
    assertThat(loaded).anyMatch(name -> name.contains("dev.frazil.storage.FileObjectStore"));
    assertThat(loaded).noneMatch(name -> name.contains("software.amazon"));
    assertThat(loaded).noneMatch(name -> name.contains("org.apache.iceberg"));
  }

  @Test
  void theCheckSeesTheAwsSdkWhereItIsUsed() throws Exception {
    assertThat(classesLoadedBy("s3")).anyMatch(name -> name.contains("software.amazon"));
  }

  private static List<String> classesLoadedBy(String argument)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                argument)
            .redirectErrorStream(true)
            .start();
    try (Stream<String> lines = process.inputReader().lines()) {
      List<String> all = lines.toList();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as("%s", all).isZero();
      return all;
    }
  }

  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      Warehouse warehouse =
          arguments[0].startsWith("/")
              ? new Warehouse.LocalFolder(arguments[0])
              : new Warehouse.S3Prefix("bucket", "db");
      try (ObjectStore store = StoreFactory.open(ConnectionConfig.of(warehouse))) {
        if (warehouse instanceof Warehouse.LocalFolder) {
          store.put(arguments[0] + "/x", new byte[10]);
          store.fetch(arguments[0] + "/x", null, 10);
          store.putIf(arguments[0] + "/y", new byte[10], PutCondition.ifAbsent());
        }
      }
    }
  }
}
