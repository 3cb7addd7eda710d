package dev.frazil.plan;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;

/** Makes Calcite's types; text is UTF-8. One per statement. */
final class FrazilTypeFactory extends SqlTypeFactoryImpl {
  FrazilTypeFactory() {
    super(FrazilTypeSystem.INSTANCE);
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }
}
