package dev.frazil.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Nothing is looked up by JNDI, where a hostile name loads code, nor offered for it. */
class NoNamingServiceTest {

  @Test
  void noSourceNamesJndi() throws IOException {
    List<String> found = new ArrayList<>();
    int read = 0;
    for (String module : List.of("sql-engine", "driver")) {
      Path sources = RepositoryRoot.find().resolve(module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
          read++;
          if (Files.readString(file).contains("javax.naming")) {
            found.add(file.toString());
          }
        }
      }
    }
    assertThat(found).isEmpty();
    assertThat(read).isGreaterThan(1_000);
  }
}
