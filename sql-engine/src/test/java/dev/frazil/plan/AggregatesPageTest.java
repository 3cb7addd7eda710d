package dev.frazil.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.architecture.RepositoryRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** {@code docs/reference/sql.md} names every aggregate of the library. */
class AggregatesPageTest {

  @Test
  void theReferenceNamesEveryAggregate() throws IOException {
    String page = Files.readString(RepositoryRoot.find().resolve("docs/reference/sql.md"));
    List<String> missing =
        AggregateLibrary.names().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .filter(name -> !page.contains(name))
            .toList();
    assertThat(AggregateLibrary.names()).isNotEmpty();
    assertThat(missing).isEmpty();
  }
}
