package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** UNNEST and LATERAL give rows as they come, whatever their number. */
class UnnestStatementsTest {
  @TempDir Path folder;
  private EngineRunner frazil;

  @BeforeEach
  void open() {
    frazil = EngineRunner.local(folder);
  }

  @AfterEach
  void close() {
    frazil.close();
  }

  /** A copy of the array for each element would be some hundred gigabytes. */
  @Test
  void unnestsALongArray() {
    assertThat(frazil.query("SELECT count(*), sum(v) FROM unnest(sequence(1, 200000)) t(v)").rows())
        .containsExactly(List.of("200000", "20000100000"));
    frazil.script(
        "CREATE TABLE lists (id integer, list bigint array)",
        "INSERT INTO lists SELECT 1, sequence(1, 100000)",
        "INSERT INTO lists VALUES (2, array[5, NULL]), (3, NULL)");
    assertThat(
            frazil
                .query(
                    "SELECT id, count(v), sum(v) FROM lists LEFT JOIN unnest(list) u(v) ON true"
                        + " GROUP BY id")
                .sorted())
        .containsExactly("1 | 100000 | 5000050000", "2 | 1 | 5", "3 | 0 | NULL");
  }

  @Test
  void keepsACollectionThatIsWantedBesideItsElements() {
    assertThat(
            frazil
                .query("SELECT a, v FROM (VALUES (array[1, 2])) t(a) CROSS JOIN UNNEST(a) u(v)")
                .sorted())
        .containsExactly("[1, 2] | 1", "[1, 2] | 2");
  }

  /** An answer too large to be remembered is given as it comes, and asked for again. */
  @Test
  void joinsALateralOfManyRows() {
    frazil.script(
        "CREATE TABLE n (v bigint, t varchar)",
        "INSERT INTO n SELECT v, lpad('', 100, 'x') FROM unnest(sequence(1, 60000)) s(v)");
    assertThat(
            frazil
                .query(
                    "SELECT o.x, count(l.v), min(l.v), count(DISTINCT l.t) FROM (VALUES (1), (2),"
                        + " (1), (70000)) o(x) LEFT JOIN LATERAL (SELECT v, t FROM n WHERE v > o.x"
                        + " ORDER BY v LIMIT 50000) l ON true GROUP BY o.x")
                .sorted())
        .containsExactly("1 | 100000 | 2 | 1", "2 | 50000 | 3 | 1", "70000 | 0 | NULL | 0");
  }
}
