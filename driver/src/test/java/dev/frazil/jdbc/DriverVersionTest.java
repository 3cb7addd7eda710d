package dev.frazil.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.frazil.config.ProductVersion;
import org.junit.jupiter.api.Test;

class DriverVersionTest {

  @Test
  void theEngineNamesTheVersionOfTheBuild() {
    assertThat(DriverVersion.CURRENT.text()).startsWith(ProductVersion.NUMBER);
  }

  @Test
  void aVersionIsTakenApart() {
    assertThat(DriverVersion.parse("3.14.1-SNAPSHOT"))
        .isEqualTo(new DriverVersion("3.14.1-SNAPSHOT", 3, 14));
  }
}
