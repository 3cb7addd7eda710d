package dev.frazil.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A query with Spark's rows, sorted as text. */
record SparkAnswer(String query, List<String> rows) {

  /** Lines of a file of answers: {@code ? query}, then {@code = row} for each row. */
  static List<SparkAnswer> read(String name) throws IOException {
    List<SparkAnswer> answers = new ArrayList<>();
    try (InputStream in = SparkAnswer.class.getResourceAsStream("spark/" + name + ".txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.startsWith("? ")) {
          answers.add(new SparkAnswer(line.substring(2), new ArrayList<>()));
        } else {
          assertThat(line).startsWith("= ");
          answers.get(answers.size() - 1).rows().add(line.substring(2));
        }
      }
    }
    return answers;
  }

  @Override
  public String toString() {
    return query;
  }
}
