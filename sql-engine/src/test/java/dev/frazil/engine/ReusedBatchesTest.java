package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.testing.EngineRunner;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Below an aggregation each batch takes the arrays of the one before. Over several batches, parts
 * of an expression that stand in several places, under a CASE as well, keep their own values.
 */
class ReusedBatchesTest {
  private static final int ROWS = 20_000;

  @TempDir Path folder;

  @Test
  void sharedPartsOfExpressionsKeepTheirValues() {
    BigDecimal squares = BigDecimal.ZERO;
    BigDecimal choices = BigDecimal.ZERO;
    BigDecimal nested = BigDecimal.ZERO;
    double doubles = 0;
    for (long i = 1; i <= ROWS; i++) {
      BigDecimal square = BigDecimal.valueOf(i * i);
      squares = squares.add(square);
      choices = choices.add(i % 2 == 0 ? square : square.add(BigDecimal.valueOf(i)));
      nested = nested.add(square.multiply(BigDecimal.valueOf(i + 1)));
      doubles += (double) (i * i) + (double) i;
    }
    try (EngineRunner frazil = EngineRunner.local(folder)) {
      frazil.update("CREATE TABLE n (i BIGINT NOT NULL, d DOUBLE, m DECIMAL(12, 2))");
      frazil.update("INSERT INTO n SELECT i, i, i FROM generate_series(1, " + ROWS + ") AS g (i)");
      for (String by : List.of("", " GROUP BY i < 0", " GROUP BY i < 0 HAVING sum(m * m) > 0")) {
        String line =
            frazil
                .query(
                    "SELECT CAST(sum(m * m) AS DECIMAL(38, 0)), CAST(sum(CASE WHEN i % 2 = 0 THEN"
                        + " m * m ELSE m * m + m END) AS DECIMAL(38, 0)), CAST(sum(m * m * (m + 1))"
                        + " AS DECIMAL(38, 0)), sum(d * d + d) = "
                        + new BigDecimal(doubles).toPlainString()
                        + "e0, count(*) FROM n"
                        + by)
                .lines()
                .get(0);
        assertThat(line.split("[^0-9a-z.]+"))
            .containsExactly("" + squares, "" + choices, "" + nested, "true", "" + ROWS);
      }
    }
  }
}
