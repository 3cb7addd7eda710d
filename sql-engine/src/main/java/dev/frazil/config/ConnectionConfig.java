package dev.frazil.config;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one connection, checked. Equal configurations share catalog, caches and clients.
 *
 * @param warehouse where the database lives
 * @param values what was given, by property; secrets apart
 * @param secrets what was given for properties of kind SECRET
 * @param source the database that {@code register_database} and {@code snapshot_database} read;
 *     null where none was given
 */
public record ConnectionConfig(
    Warehouse warehouse,
    Map<ConnectionProperty, String> values,
    Map<ConnectionProperty, Secret> secrets,
    @Nullable ConnectionConfig source) {

  public ConnectionConfig {
    values = Map.copyOf(values);
    secrets = Map.copyOf(secrets);
    for (Map.Entry<ConnectionProperty, String> entry : values.entrySet()) {
      check(entry.getKey(), entry.getValue());
    }
  }

  /** Without a source. */
  public ConnectionConfig(
      Warehouse warehouse,
      Map<ConnectionProperty, String> values,
      Map<ConnectionProperty, Secret> secrets) {
    this(warehouse, values, secrets, null);
  }

  /** A configuration with defaults only. */
  public static ConnectionConfig of(Warehouse warehouse) {
    return new ConnectionConfig(
        warehouse,
        new EnumMap<>(ConnectionProperty.class),
        new EnumMap<>(ConnectionProperty.class));
  }

  /** The value given, or the default, or empty. */
  public Optional<String> text(ConnectionProperty property) {
    String given = values.get(property);
    return given != null ? Optional.of(given) : property.defaultValue();
  }

  public boolean flag(ConnectionProperty property) {
    return text(property).map(value -> value.equalsIgnoreCase("true")).orElse(false);
  }

  /** An integer property; {@code ifAbsent} where neither a value nor a default is there. */
  public int integer(ConnectionProperty property, int ifAbsent) {
    return text(property).map(Integer::parseInt).orElse(ifAbsent);
  }

  /** A property of kind BYTES; {@code ifAbsent} where neither a value nor a default is there. */
  public long bytes(ConnectionProperty property, long ifAbsent) {
    return text(property).map(value -> parseBytes(property, value)).orElse(ifAbsent);
  }

  public Optional<Secret> secret(ConnectionProperty property) {
    return Optional.ofNullable(secrets.get(property));
  }

  private static void check(ConnectionProperty property, String value) {
    switch (property.kind()) {
      case TEXT -> {}
      case BOOLEAN -> {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
          throw invalid(property, value, "true or false");
        }
      }
      case INTEGER -> {
        try {
          if (Integer.parseInt(value) < 0) {
            throw invalid(property, value, "a whole number, not negative");
          }
        } catch (NumberFormatException e) {
          throw invalid(property, value, "a whole number, not negative");
        }
      }
      case BYTES -> parseBytes(property, value);
      case CHOICE -> {
        if (!property.choices().contains(value)) {
          throw invalid(property, value, "one of " + String.join(", ", property.choices()));
        }
      }
      case SECRET ->
          throw new EngineException(
              SqlState.INVALID_PARAMETER_VALUE,
              "the property '" + property.propertyName() + "' may not stand in the URL");
    }
  }

  private static long parseBytes(ConnectionProperty property, String value) {
    String text = value.trim().toUpperCase(Locale.ROOT);
    int shift = 0;
    if (text.endsWith("KB")) {
      shift = 10;
    } else if (text.endsWith("MB")) {
      shift = 20;
    } else if (text.endsWith("GB")) {
      shift = 30;
    }
    String number = shift > 0 ? text.substring(0, text.length() - 2) : text;
    if (shift == 0 && number.endsWith("B")) {
      number = number.substring(0, number.length() - 1);
    }
    try {
      return Math.multiplyExact(Long.parseLong(number.trim()), 1L << shift);
    } catch (NumberFormatException | ArithmeticException e) {
      throw invalid(property, value, "a size such as 256MB");
    }
  }

  private static EngineException invalid(
      ConnectionProperty property, String value, String expected) {
    return new EngineException(
        SqlState.INVALID_PARAMETER_VALUE,
        "the property '"
            + property.propertyName()
            + "' has the value '"
            + value
            + "', but must be "
            + expected);
  }
}
