package dev.frazil.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo tells its story to the end, and finds nothing lost and nothing torn. */
@Tag("slow")
class DemoTest {
  @TempDir Path folder;

  @Test
  void theStoryHolds() throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    System.setOut(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      Demo.main(new String[] {"jdbc:iceberg:" + folder});
    } finally {
      System.setOut(console);
    }
    String story = told.toString(StandardCharsets.UTF_8);
    console.println(story);
    assertThat(story)
        .contains("the table has 1096")
        .contains("days that differ from the delivery: 0")
        .contains("nothing lost")
        .contains("of which only a part is there: 0")
        .contains("inconsistent: 0")
        .contains("1096 days then, 1461 days now")
        .contains("Done in");
  }
}
