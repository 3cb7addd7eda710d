package dev.frazil.config;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every property of a connection, from the URL's query or from {@code Properties}. No property
 * names a class. The page {@code docs/reference/properties.md} is tested against this list.
 */
public enum ConnectionProperty {
  SCHEMA("schema", Kind.TEXT, "main", "The schema where unqualified names live."),
  REGION(
      "region", Kind.TEXT, null, "AWS region of the bucket; asked of the bucket when not given."),
  ENDPOINT("endpoint", Kind.TEXT, null, "URL of an S3-compatible store instead of AWS."),
  CATALOG_ENDPOINT(
      "catalogEndpoint",
      Kind.TEXT,
      null,
      "URL of a service that stands for DynamoDB or AWS Glue, such as LocalStack, instead of AWS's"
          + " own in the region."),
  PATH_STYLE_ACCESS(
      "pathStyleAccess",
      Kind.BOOLEAN,
      "false",
      "Put the bucket in the path instead of the host name, as many S3-compatible stores need."),
  ACCESS_KEY_ID(
      "accessKeyId",
      Kind.TEXT,
      null,
      "Access key; without it the default chain of AWS is used (environment, profile, role)."),
  SECRET_ACCESS_KEY(
      "secretAccessKey", Kind.SECRET, null, "Secret key; only as a property, never in the URL."),
  SESSION_TOKEN(
      "sessionToken", Kind.SECRET, null, "Session token; only as a property, never in the URL."),
  WAREHOUSE(
      "warehouse",
      Kind.TEXT,
      null,
      "Where files of new tables stand, a folder or s3://bucket/prefix, when the URL names a catalog"
          + " that another system keeps; the warehouse by the name that the server knows it by, when"
          + " it names a REST catalog."),
  TABLE_LOCATIONS(
      "tableLocations",
      Kind.TEXT,
      null,
      "Folders and s3:// prefixes beside the warehouse, separated by commas, where tables of a"
          + " catalog of another system, and files of a table named by its path, may stand; none"
          + " when not given. Tables of a REST catalog stand there, or where its server hands out"
          + " credentials for."),
  CATALOG_NAME(
      "catalogName",
      Kind.TEXT,
      null,
      "The name of a catalog in a database that may hold several, as Spark gave it; the only one"
          + " there when not given."),
  CATALOG_USER("catalogUser", Kind.TEXT, null, "User of the database that holds a jdbc: catalog."),
  CATALOG_PASSWORD(
      "catalogPassword",
      Kind.SECRET,
      null,
      "Password of that user; only as a property, never in the URL."),
  CATALOG_PARAMETERS(
      "catalogParameters",
      Kind.TEXT,
      null,
      "Parameters for the driver of a jdbc: catalog, as name=value with & between them, such as"
          + " sslmode=verify-full; only harmless ones are taken."),
  TOKEN("token", Kind.SECRET, null, "Bearer token for a REST catalog; only as a property."),
  CLIENT_ID("clientId", Kind.TEXT, null, "Client of OAuth2 that gets tokens for a REST catalog."),
  CLIENT_SECRET("clientSecret", Kind.SECRET, null, "Secret of that client; only as a property."),
  TOKEN_ENDPOINT(
      "tokenEndpoint",
      Kind.TEXT,
      null,
      "URL where OAuth2 tokens are asked for; v1/oauth/tokens of the REST catalog when not given."),
  SCOPE("scope", Kind.TEXT, "catalog", "Scope of the OAuth2 tokens."),
  SIGNING_NAME(
      "signingName",
      Kind.CHOICE,
      null,
      "Sign requests to a REST catalog with the credentials of AWS (SigV4), for this service.",
      "glue",
      "s3tables",
      "execute-api"),
  READ_ONLY("readOnly", Kind.BOOLEAN, "false", "Refuse every write (25006)."),
  AS_OF(
      "asOf",
      Kind.TEXT,
      null,
      "Show the whole database as it was, read-only: a timestamp such as 2026-01-31 12:00:00 (in"
          + " the timeZone, unless it names one), or the number of a version of it; not for"
          + " hadoop: warehouses."),
  ISOLATION(
      "isolation",
      Kind.CHOICE,
      "serializable",
      "Isolation of new transactions.",
      "serializable",
      "snapshot"),
  CONFLICT_RETRIES(
      "conflictRetries",
      Kind.INTEGER,
      "20",
      "How often an autocommit statement that lost a conflict is run again on the new snapshot."),
  RECURSION_LIMIT(
      "recursionLimit",
      Kind.INTEGER,
      "100000",
      "The most steps of a recursive query (WITH RECURSIVE); one more is an error, 54000."),
  TIME_ZONE(
      "timeZone",
      Kind.TEXT,
      "UTC",
      "Zone of conversions between timestamp and timestamp with time zone, of CURRENT_DATE and of"
          + " LOCALTIMESTAMP: a region such as Europe/Berlin, or an offset such as +02:00."),
  IDEMPOTENCY_TOKEN(
      "idempotencyToken",
      Kind.TEXT,
      null,
      "Name of the unit of work: a transaction committed under a token that has already been"
          + " committed changes nothing."),
  WAP_BRANCH(
      "wapBranch",
      Kind.TEXT,
      null,
      "Write-audit-publish: the branch that is changed, and read once it is there, in the place of"
          + " each table with write.wap.enabled. SET wap.branch is the same."),
  WAP_ID(
      "wapId",
      Kind.TEXT,
      null,
      "Write-audit-publish: the id under which changes of tables with write.wap.enabled are staged,"
          + " unseen until CALL system.publish_changes. SET wap.id is the same."),
  MEMORY_LIMIT(
      "memoryLimit",
      Kind.BYTES,
      null,
      "Memory that operators of one connection may hold before they spill, such as 256MB; when not"
          + " given, half of what the heap has beyond 64 MB, and at least a quarter of it. Scans"
          + " may buffer half as much beside it."),
  TEMP_FOLDER(
      "tempFolder",
      Kind.TEXT,
      null,
      "Folder of spill files; the JVM's temporary folder otherwise."),
  THREADS(
      "threads",
      Kind.INTEGER,
      null,
      "Worker threads of one statement; the number of processors when not given."),
  QUERY_TIMEOUT(
      "queryTimeout", Kind.INTEGER, "0", "Seconds until a statement is cancelled; 0 for never."),
  REQUEST_TIMEOUT_MILLIS(
      "requestTimeoutMillis",
      Kind.INTEGER,
      "60000",
      "Milliseconds until one request to the object store counts as failed."),
  COPY_LOCATIONS(
      "copyLocations",
      Kind.TEXT,
      null,
      "Folders and s3:// prefixes, separated by commas, whose files COPY may read and write; none"
          + " when not given."),
  SOURCE(
      "source",
      Kind.TEXT,
      null,
      "URL of the database that CALL system.register_database and snapshot_database take tables from;"
          + " each property of it is given as source.<name>."),
  SLOW_QUERY_MILLIS(
      "slowQueryMillis",
      Kind.INTEGER,
      "0",
      "Milliseconds of work from which on a statement is logged as slow; 0 for never."),
  PROFILE_OPERATORS(
      "profileOperators",
      Kind.BOOLEAN,
      "false",
      "Note what each operator of a query does, for QueryProfile and the log of slow statements."),
  CLIENT_TYPES(
      "clientTypes",
      Kind.CHOICE,
      "all",
      "Which types clients are told of and given: all, or basic, where arrays, maps, rows and uuid"
          + " are varchar, and timestamp with time zone is timestamp in the zone of the JVM.",
      "all",
      "basic"),
  READ_TABLE_COMMENTS(
      "readTableComments",
      Kind.BOOLEAN,
      "false",
      "Let getTables read the metadata of every table that it lists, for its comment; otherwise it"
          + " tells the comments of tables that are in memory, and of one asked for by its name."),
  OPEN_TELEMETRY(
      "openTelemetry",
      Kind.BOOLEAN,
      "false",
      "Trace statements by the global OpenTelemetry, whose API must be on the class path."),
  APPLICATION_NAME(
      "applicationName", Kind.TEXT, null, "Written into the summary of every snapshot.");

  /** How the text of a value is read. */
  public enum Kind {
    TEXT,
    BOOLEAN,
    INTEGER,
    /** A number with an optional unit: B, KB, MB, GB. */
    BYTES,
    CHOICE,
    /** Refused in a URL; never shown. */
    SECRET
  }

  private final String propertyName;
  private final Kind kind;
  private final @Nullable String defaultValue;
  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> choices;

  ConnectionProperty(
      String propertyName,
      Kind kind,
      @Nullable String defaultValue,
      String description,
      String... choices) {
    this.propertyName = propertyName;
    this.kind = kind;
    this.defaultValue = defaultValue;
    this.description = description;
    this.choices = List.of(choices);
  }

  public String propertyName() {
    return propertyName;
  }

  public Kind kind() {
    return kind;
  }

  public Optional<String> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  public String description() {
    return description;
  }

  /** The values allowed, for {@link Kind#CHOICE}. */
  public List<String> choices() {
    return choices;
  }

  /** The property of exactly that name. */
  public static Optional<ConnectionProperty> byName(String name) {
    for (ConnectionProperty property : values()) {
      if (property.propertyName.equals(name)) {
        return Optional.of(property);
      }
    }
    return Optional.empty();
  }
}
