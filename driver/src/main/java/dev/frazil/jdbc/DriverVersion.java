package dev.frazil.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version that the build wrote into the jar. */
record DriverVersion(String text, int major, int minor) {
  static final DriverVersion CURRENT = read();

  private static DriverVersion read() {
    Properties properties = new Properties();
    try (InputStream in = DriverVersion.class.getResourceAsStream("frazil.properties")) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks frazil.properties");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return parse(properties.getProperty("version", "0.0"));
  }

  static DriverVersion parse(String text) {
    String[] parts = text.split("[.-]", -1);
    return new DriverVersion(text, number(parts, 0), number(parts, 1));
  }

  private static int number(String[] parts, int index) {
    return index < parts.length && parts[index].matches("[0-9]{1,6}")
        ? Integer.parseInt(parts[index])
        : 0;
  }
}
