package dev.frazil.jdbc;

import dev.frazil.config.ConnectionProperty;
import java.sql.Connection;
import java.sql.ConnectionBuilder;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import javax.sql.PooledConnectionBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to one URL; a setter for each property of {@code docs/reference/properties.md}.
 * Set it up in one thread, then use it in any. Connections of one configuration share caches, so
 * opening one is cheap; there is no pool inside. As a {@code ConnectionPoolDataSource} it gives
 * pools what they keep.
 */
public final class FrazilDataSource extends CatalogDataSource
    implements DataSource, ConnectionPoolDataSource, SelfWrapper {
  private final Properties properties = new Properties();
  private @Nullable String url;

  /** {@code jdbc:iceberg:...}. */
  public void setUrl(String url) {
    this.url = url;
  }

  public @Nullable String getUrl() {
    return url;
  }

  /** The name that some pools use for {@link #setUrl}. */
  public void setURL(String url) {
    setUrl(url);
  }

  public void setSchema(String schema) {
    set(ConnectionProperty.SCHEMA, schema);
  }

  public @Nullable String getSchema() {
    return get(ConnectionProperty.SCHEMA);
  }

  public void setAsOf(String asOf) {
    set(ConnectionProperty.AS_OF, asOf);
  }

  public @Nullable String getAsOf() {
    return get(ConnectionProperty.AS_OF);
  }

  public void setRegion(String region) {
    set(ConnectionProperty.REGION, region);
  }

  public @Nullable String getRegion() {
    return get(ConnectionProperty.REGION);
  }

  public void setEndpoint(String endpoint) {
    set(ConnectionProperty.ENDPOINT, endpoint);
  }

  public @Nullable String getEndpoint() {
    return get(ConnectionProperty.ENDPOINT);
  }

  public void setPathStyleAccess(boolean pathStyleAccess) {
    set(ConnectionProperty.PATH_STYLE_ACCESS, String.valueOf(pathStyleAccess));
  }

  public boolean isPathStyleAccess() {
    return Boolean.parseBoolean(get(ConnectionProperty.PATH_STYLE_ACCESS));
  }

  public void setAccessKeyId(String accessKeyId) {
    set(ConnectionProperty.ACCESS_KEY_ID, accessKeyId);
  }

  public @Nullable String getAccessKeyId() {
    return get(ConnectionProperty.ACCESS_KEY_ID);
  }

  public void setSecretAccessKey(String secretAccessKey) {
    set(ConnectionProperty.SECRET_ACCESS_KEY, secretAccessKey);
  }

  public void setSessionToken(String sessionToken) {
    set(ConnectionProperty.SESSION_TOKEN, sessionToken);
  }

  public void setReadOnly(boolean readOnly) {
    set(ConnectionProperty.READ_ONLY, String.valueOf(readOnly));
  }

  public boolean isReadOnly() {
    return Boolean.parseBoolean(get(ConnectionProperty.READ_ONLY));
  }

  public void setIsolation(String isolation) {
    set(ConnectionProperty.ISOLATION, isolation);
  }

  public @Nullable String getIsolation() {
    return get(ConnectionProperty.ISOLATION);
  }

  public void setConflictRetries(int conflictRetries) {
    set(ConnectionProperty.CONFLICT_RETRIES, String.valueOf(conflictRetries));
  }

  public int getConflictRetries() {
    return number(ConnectionProperty.CONFLICT_RETRIES);
  }

  public void setRecursionLimit(int recursionLimit) {
    set(ConnectionProperty.RECURSION_LIMIT, String.valueOf(recursionLimit));
  }

  public int getRecursionLimit() {
    return number(ConnectionProperty.RECURSION_LIMIT);
  }

  public void setTimeZone(String timeZone) {
    set(ConnectionProperty.TIME_ZONE, timeZone);
  }

  public @Nullable String getTimeZone() {
    return get(ConnectionProperty.TIME_ZONE);
  }

  public void setIdempotencyToken(String idempotencyToken) {
    set(ConnectionProperty.IDEMPOTENCY_TOKEN, idempotencyToken);
  }

  public @Nullable String getIdempotencyToken() {
    return get(ConnectionProperty.IDEMPOTENCY_TOKEN);
  }

  public void setWapBranch(String wapBranch) {
    set(ConnectionProperty.WAP_BRANCH, wapBranch);
  }

  public @Nullable String getWapBranch() {
    return get(ConnectionProperty.WAP_BRANCH);
  }

  public void setWapId(String wapId) {
    set(ConnectionProperty.WAP_ID, wapId);
  }

  public @Nullable String getWapId() {
    return get(ConnectionProperty.WAP_ID);
  }

  public void setMemoryLimit(String memoryLimit) {
    set(ConnectionProperty.MEMORY_LIMIT, memoryLimit);
  }

  public @Nullable String getMemoryLimit() {
    return get(ConnectionProperty.MEMORY_LIMIT);
  }

  public void setTempFolder(String tempFolder) {
    set(ConnectionProperty.TEMP_FOLDER, tempFolder);
  }

  public @Nullable String getTempFolder() {
    return get(ConnectionProperty.TEMP_FOLDER);
  }

  public void setThreads(int threads) {
    set(ConnectionProperty.THREADS, String.valueOf(threads));
  }

  public int getThreads() {
    return number(ConnectionProperty.THREADS);
  }

  public void setQueryTimeout(int queryTimeout) {
    set(ConnectionProperty.QUERY_TIMEOUT, String.valueOf(queryTimeout));
  }

  public int getQueryTimeout() {
    return number(ConnectionProperty.QUERY_TIMEOUT);
  }

  public void setSlowQueryMillis(int slowQueryMillis) {
    set(ConnectionProperty.SLOW_QUERY_MILLIS, String.valueOf(slowQueryMillis));
  }

  public int getSlowQueryMillis() {
    return number(ConnectionProperty.SLOW_QUERY_MILLIS);
  }

  public void setProfileOperators(boolean profileOperators) {
    set(ConnectionProperty.PROFILE_OPERATORS, String.valueOf(profileOperators));
  }

  public boolean isProfileOperators() {
    return Boolean.parseBoolean(get(ConnectionProperty.PROFILE_OPERATORS));
  }

  public void setOpenTelemetry(boolean openTelemetry) {
    set(ConnectionProperty.OPEN_TELEMETRY, String.valueOf(openTelemetry));
  }

  public boolean isOpenTelemetry() {
    return Boolean.parseBoolean(get(ConnectionProperty.OPEN_TELEMETRY));
  }

  public void setRequestTimeoutMillis(int requestTimeoutMillis) {
    set(ConnectionProperty.REQUEST_TIMEOUT_MILLIS, String.valueOf(requestTimeoutMillis));
  }

  public int getRequestTimeoutMillis() {
    return number(ConnectionProperty.REQUEST_TIMEOUT_MILLIS);
  }

  public void setCopyLocations(String copyLocations) {
    set(ConnectionProperty.COPY_LOCATIONS, copyLocations);
  }

  public @Nullable String getCopyLocations() {
    return get(ConnectionProperty.COPY_LOCATIONS);
  }

  public void setSource(String url) {
    set(ConnectionProperty.SOURCE, url);
  }

  public @Nullable String getSource() {
    return get(ConnectionProperty.SOURCE);
  }

  public void setClientTypes(String types) {
    set(ConnectionProperty.CLIENT_TYPES, types);
  }

  public @Nullable String getClientTypes() {
    return get(ConnectionProperty.CLIENT_TYPES);
  }

  public void setReadTableComments(boolean readTableComments) {
    set(ConnectionProperty.READ_TABLE_COMMENTS, String.valueOf(readTableComments));
  }

  public boolean isReadTableComments() {
    return Boolean.parseBoolean(get(ConnectionProperty.READ_TABLE_COMMENTS));
  }

  public void setApplicationName(String applicationName) {
    set(ConnectionProperty.APPLICATION_NAME, applicationName);
  }

  public @Nullable String getApplicationName() {
    return get(ConnectionProperty.APPLICATION_NAME);
  }

  @Override
  void set(ConnectionProperty property, @Nullable String value) {
    if (value == null) {
      properties.remove(property.propertyName());
    } else {
      properties.setProperty(property.propertyName(), value);
    }
  }

  @Override
  @Nullable String get(ConnectionProperty property) {
    return properties.getProperty(property.propertyName(), property.defaultValue().orElse(null));
  }

  private int number(ConnectionProperty property) {
    String value = get(property);
    return value == null ? 0 : Integer.parseInt(value);
  }

  @Override
  public Connection getConnection() throws SQLException {
    return FrazilDriver.open(target(), properties);
  }

  /** User and password are the access key and the secret key, in place of those set. */
  @Override
  public Connection getConnection(@Nullable String username, @Nullable String password)
      throws SQLException {
    return FrazilDriver.open(target(), properties(username, password));
  }

  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    return FrazilDriver.openPooled(target(), properties);
  }

  /** As {@link #getConnection(String, String)}. */
  @Override
  public PooledConnection getPooledConnection(@Nullable String username, @Nullable String password)
      throws SQLException {
    return FrazilDriver.openPooled(target(), properties(username, password));
  }

  @Override
  public ConnectionBuilder createConnectionBuilder() {
    return new FrazilConnectionBuilder(this);
  }

  @Override
  public PooledConnectionBuilder createPooledConnectionBuilder() {
    return new FrazilConnectionBuilder.Pooled(this);
  }

  private Properties properties(@Nullable String username, @Nullable String password) {
    Properties all = new Properties();
    all.putAll(properties);
    if (username != null) {
      all.setProperty(ConnectionProperty.ACCESS_KEY_ID.propertyName(), username);
    }
    if (password != null) {
      all.setProperty(ConnectionProperty.SECRET_ACCESS_KEY.propertyName(), password);
    }
    return all;
  }

  private String target() throws SQLException {
    String target = url;
    if (target == null) {
      throw SqlExceptions.invalid("the data source has no URL; call setUrl first");
    }
    return target;
  }
}
