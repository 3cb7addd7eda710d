package dev.frazil.catalog.aws;

import dev.frazil.error.EngineException;
import java.util.regex.Pattern;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;

/** Names that Glue, and Athena over it, take: Glue folds what it is given to lower case. */
final class GlueNames {
  private static final Pattern DATABASE = Pattern.compile("[a-z0-9_]{1,252}");
  private static final Pattern TABLE = Pattern.compile("[a-z0-9_]{1,255}");

  private GlueNames() {}

  static boolean isValid(Namespace namespace) {
    return namespace.length() == 1 && DATABASE.matcher(namespace.level(0)).matches();
  }

  static boolean isValid(TableIdentifier identifier) {
    return isValid(identifier.namespace()) && TABLE.matcher(identifier.name()).matches();
  }

  /** 0A000 for a name that it is not. */
  static String database(Namespace namespace) {
    if (!isValid(namespace)) {
      throw refused(namespace.toString());
    }
    return namespace.level(0);
  }

  /** 0A000 for a name that it is not. */
  static String table(TableIdentifier identifier) {
    if (!isValid(identifier)) {
      throw refused(identifier.toString());
    }
    return identifier.name();
  }

  private static EngineException refused(String name) {
    return EngineException.unsupported(
        "the name '"
            + name
            + "' in AWS Glue, where schemas and tables have names of lower-case letters, digits and"
            + " underscores, and schemas one level,");
  }
}
