package dev.frazil.jdbc;

import dev.frazil.config.Warehouse;
import dev.frazil.error.SqlState;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the location of a URL: {@code /folder}, {@code ./relative}, {@code file:///folder}, {@code
 * s3://bucket/prefix}, {@code hadoop:/folder}, {@code jdbc:<url>}, {@code dynamodb:<table>}, {@code
 * glue:}, {@code rest:https://host/path}, {@code table:/folder}. Messages never repeat an
 * authority, which could hold a secret.
 */
final class WarehouseLocation {
  private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):.*");
  private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:[\\\\/].*");
  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]");

  /** No parameters: in those, drivers take names of classes and of files to run. */
  private static final Pattern DATABASE =
      Pattern.compile(
          "jdbc:(?!iceberg:)[a-z][a-z0-9]*:(thin:@)?"
              + "(//[A-Za-z0-9._\\[\\]:,-]+(/[A-Za-z0-9._$~-]*)?|(/[A-Za-z0-9._~ -]+)+)");

  private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
  private static final Pattern DYNAMO_DB_TABLE = Pattern.compile("[A-Za-z0-9_.-]{3,255}");

  private static final int MAX_LENGTH = 2048;

  private WarehouseLocation() {}

  /**
   * @param files where files stand, the property {@code warehouse}: for catalogs that others keep
   */
  static Warehouse parse(String location, @Nullable String files) throws SQLException {
    Warehouse warehouse;
    if (location.startsWith("jdbc:")) {
      warehouse = jdbc(location, files);
    } else if (location.startsWith("dynamodb:")) {
      warehouse = dynamoDb(location.substring("dynamodb:".length()), files);
    } else if (location.startsWith("glue:")) {
      warehouse = glue(location.substring("glue:".length()), files);
    } else {
      warehouse = parse(location);
    }
    boolean named = warehouse instanceof Warehouse.RestCatalog; // by what its server knows
    boolean here =
        warehouse.files().equals(warehouse) || warehouse instanceof Warehouse.SingleTable;
    if (files != null && !named && here) {
      throw SqlExceptions.invalid(
          "the property 'warehouse' is for catalogs that another system keeps; here the URL names"
              + " the place of the files");
    }
    return warehouse;
  }

  private static Warehouse jdbc(String url, @Nullable String files) throws SQLException {
    if (!DATABASE.matcher(url).matches()) {
      throw SqlExceptions.invalid(
          "the catalog's database is written jdbc:<kind>://host:port/database, or"
              + " jdbc:<kind>:/folder/file for one in a file; its user, password and parameters go"
              + " into the properties catalogUser, catalogPassword and catalogParameters");
    }
    return new Warehouse.JdbcCatalog(url, files("jdbc:", files));
  }

  private static Warehouse dynamoDb(String table, @Nullable String files) throws SQLException {
    if (!DYNAMO_DB_TABLE.matcher(table).matches()) {
      throw SqlExceptions.invalid(
          "a DynamoDB catalog is written dynamodb:table, where the table's name is 3 to 255"
              + " letters, digits, underscores, hyphens and dots");
    }
    return new Warehouse.DynamoDbCatalog(table, files("dynamodb:", files));
  }

  private static Warehouse glue(String account, @Nullable String files) throws SQLException {
    if (!account.isEmpty() && !ACCOUNT.matcher(account).matches()) {
      throw SqlExceptions.invalid(
          "a Glue catalog is written glue: or glue:123456789012, the account whose catalog it is;"
              + " its databases are the schemas");
    }
    return new Warehouse.GlueCatalog(account, files("glue:", files));
  }

  /** The place of the files of a catalog that another system keeps. */
  private static Warehouse files(String kind, @Nullable String files) throws SQLException {
    if (files == null) {
      throw SqlExceptions.invalid(
          "a catalog of kind "
              + kind
              + " needs the property 'warehouse', the folder or s3://bucket/prefix of its files");
    }
    Warehouse place = parse(files);
    if (place instanceof Warehouse.LocalFolder || place instanceof Warehouse.S3Prefix) {
      return place;
    }
    throw SqlExceptions.invalid("the property 'warehouse' names a folder or s3://bucket/prefix");
  }

  static Warehouse parse(String location) throws SQLException {
    if (location.isBlank()) {
      throw SqlExceptions.invalid(
          "the URL names no location; write jdbc:iceberg:/folder or"
              + " jdbc:iceberg:s3://bucket/prefix");
    }
    if (location.length() > MAX_LENGTH) {
      throw SqlExceptions.invalid("the URL's location is longer than " + MAX_LENGTH);
    }
    for (int i = 0; i < location.length(); i++) {
      if (Character.isISOControl(location.charAt(i))) {
        throw SqlExceptions.invalid("the URL's location holds a control character");
      }
    }
    Matcher scheme = SCHEME.matcher(location);
    if (!scheme.matches() || DRIVE.matcher(location).matches()) {
      return new Warehouse.LocalFolder(folder(location));
    }
    String name = scheme.group(1).toLowerCase(Locale.ROOT);
    String rest = location.substring(name.length() + 1);
    return switch (name) {
      case "file" -> new Warehouse.LocalFolder(folder(filePath(rest)));
      case "s3" -> bucket(rest);
      case "hadoop" -> hadoop(rest);
      case "table" -> TableLocation.of(rest.isBlank() ? null : parse(rest));
      case "rest" -> new Warehouse.RestCatalog(RestLocation.parse(rest));
      default ->
          throw SqlExceptions.of(
              SqlState.FEATURE_NOT_SUPPORTED,
              "a warehouse of kind '"
                  + name
                  + "' is not supported by Frazil; there are folders, s3://, hadoop:, jdbc:,"
                  + " dynamodb:, glue:, rest: and table:");
    };
  }

  private static Warehouse hadoop(String rest) throws SQLException {
    String path = rest.startsWith("file:") ? filePath(rest.substring("file:".length())) : rest;
    if (path.isBlank()) {
      throw SqlExceptions.invalid("the URL names no folder; write jdbc:iceberg:hadoop:/folder");
    }
    Matcher scheme = SCHEME.matcher(path);
    if (scheme.matches() && !DRIVE.matcher(path).matches()) {
      throw SqlExceptions.unsupported(
          "a Hadoop warehouse on '"
              + scheme.group(1)
              + "' (its commits need a file system on a local disk; s3://bucket/prefix opens a"
              + " database of Frazil's in a bucket)");
    }
    return new Warehouse.HadoopFolder(folder(path));
  }

  /** The path of {@code file:/folder} and {@code file:///folder}. */
  private static String filePath(String afterScheme) throws SQLException {
    String path = afterScheme;
    if (path.startsWith("//")) {
      path = path.substring(2);
      if (path.startsWith("localhost/")) {
        path = path.substring("localhost".length());
      }
    }
    if (!path.startsWith("/")) {
      throw SqlExceptions.invalid("a file URL names an absolute folder, as in file:///folder");
    }
    String decoded = PercentEncoding.decode(path);
    return DRIVE.matcher(decoded.substring(1)).matches() ? decoded.substring(1) : decoded;
  }

  private static String folder(String path) throws SQLException {
    if (path.startsWith("~")) {
      throw SqlExceptions.invalid(
          "a folder may not start with '~', which only shells replace; write the home folder out");
    }
    try {
      return Path.of(path).toAbsolutePath().normalize().toString();
    } catch (InvalidPathException e) {
      throw SqlExceptions.of(
          SqlState.INVALID_PARAMETER_VALUE, "the URL's folder is not a valid path", e);
    }
  }

  private static Warehouse bucket(String rest) throws SQLException {
    if (!rest.startsWith("//")) {
      throw SqlExceptions.invalid("an S3 location is written s3://bucket/prefix");
    }
    int slash = rest.indexOf('/', 2);
    String bucket = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
    if (bucket.indexOf('@') >= 0) {
      throw SqlExceptions.invalid(
          "credentials may not stand in the URL; pass accessKeyId and secretAccessKey in the"
              + " Properties");
    }
    if (!BUCKET.matcher(bucket).matches()) {
      throw SqlExceptions.invalid(
          "the bucket's name must be 3 to 63 lower-case letters, digits, dots and hyphens");
    }
    String prefix = PercentEncoding.decode(slash < 0 ? "" : rest.substring(slash + 1));
    while (prefix.endsWith("/")) {
      prefix = prefix.substring(0, prefix.length() - 1);
    }
    for (String part : prefix.split("/", -1)) {
      if ((part.isEmpty() && !prefix.isEmpty()) || part.equals(".") || part.equals("..")) {
        throw SqlExceptions.invalid("the prefix may not have empty parts, '.' or '..'");
      }
    }
    return new Warehouse.S3Prefix(bucket, prefix);
  }
}
