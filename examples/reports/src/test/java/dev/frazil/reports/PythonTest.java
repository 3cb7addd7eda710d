package dev.frazil.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Python's database interface over the driver jar, by JPype. */
@Tag("slow")
class PythonTest {
  private static final Instant SHIPPED = Instant.parse("2026-04-01T11:15:30.5Z");

  @TempDir Path folder;

  @Test
  void aScriptReadsAndWrites() throws Exception {
    Path driver = DriverJar.path();
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(
        Files.isExecutable(python) && importsJpype(python),
        "JPype is not installed: Debian's python3-jpype");
    String url = "jdbc:iceberg:" + folder.resolve("shop");
    SalesDatabase.create(url, Sale.ofFirstQuarter());
    Path script =
        Path.of(Objects.requireNonNull(getClass().getResource("sales.py"), "script").toURI());
    String printed =
        DriverJar.run(
            folder.resolve("python.log"),
            60,
            List.of(
                python.toString(),
                script.toString(),
                url + "?clientTypes=basic",
                driver.toString()));
    assertThat(printed.lines().filter(line -> line.contains(" = ")))
        .containsExactly(
            "columns = id region day quantity amount discount paid sold_at shipped_at pickup receipt",
            "row = 1 North 2026-01-03 1 10.50 0.125 False 2026-01-03 09:30:00.123456 None 08:45:00"
                + " 5a1e0000-0000-4000-8000-000000000000",
            "row = 2 South 2026-01-08 3 32.61 0.0 True 2026-01-08 10:30:01.123456"
                + " "
                + SHIPPED
                    .atZone(ZoneId.systemDefault())
                    .toLocalDateTime()
                    .toString()
                    .replace('T', ' ')
                + "000 09:45:00 5a1e0000-0000-4000-8000-000000000001",
            "logo = PNG",
            "kept = 2 22.40 Żur",
            "error = True");
  }

  private static boolean importsJpype(Path python) throws Exception {
    Process process = new ProcessBuilder(python.toString(), "-c", "import jpype.dbapi2").start();
    return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
