package dev.frazil.exec.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.plan.ScalarFunction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every function of a plan is compared with DuckDB or with its rows one by one in this package,
 * over nulls and selections, or named here with the test that asks for it in SQL.
 */
class ScalarFunctionCoverageTest {
  private static final Path TESTS = Path.of("src/test/java/dev/frazil");

  /** What is no function of values only: the test of it, and a part of its text. */
  private static final Map<ScalarFunction, List<String>> ELSEWHERE =
      new EnumMap<>(
          Map.of(
              ScalarFunction.EXACT_ORDER, List.of("engine", "class WideDecimalsTest"),
              ScalarFunction.TRY, List.of("engine", "TRY("),
              ScalarFunction.CURRENT_TIMESTAMP, List.of("engine", "current_timestamp"),
              ScalarFunction.LOCAL_TIMESTAMP, List.of("engine", "LOCALTIMESTAMP"),
              ScalarFunction.CURRENT_DATE, List.of("engine", "CURRENT_DATE"),
              ScalarFunction.SINGLE_ROW, List.of("engine", "21000"),
              ScalarFunction.SAMPLED, List.of("engine", "TABLESAMPLE"),
              ScalarFunction.LAMBDA, List.of("engine", "LambdaFunction.values()"),
              ScalarFunction.LAMBDA_PARAMETER, List.of("engine", "LambdaFunction.values()"),
              ScalarFunction.LIBRARY, List.of("exec/expression", "FunctionLibrary.all()")));

  @Test
  void everyFunctionOfAPlanIsTested() throws IOException {
    String pairs = text(TESTS.resolve("exec/expression"), "ScalarFunctionCoverageTest");
    List<String> missing = new ArrayList<>();
    for (ScalarFunction function : ScalarFunction.values()) {
      List<String> elsewhere = ELSEWHERE.get(function);
      boolean tested =
          elsewhere == null
              ? Pattern.compile("(ScalarFunction\\.|\")" + function + "\\b").matcher(pairs).find()
              : text(TESTS.resolve(elsewhere.get(0)), "ScalarFunctionCoverageTest")
                  .toLowerCase(Locale.ROOT)
                  .contains(elsewhere.get(1).toLowerCase(Locale.ROOT));
      if (!tested) {
        missing.add(function.name());
      }
    }
    assertThat(ScalarFunction.values()).hasSizeGreaterThan(60);
    assertThat(missing).isEmpty();
  }

  private static String text(Path folder, String butNot) throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".java")).toList()) {
        if (!file.toString().contains(butNot)) {
          text.append(Files.readString(file));
        }
      }
    }
    return text.toString();
  }
}
