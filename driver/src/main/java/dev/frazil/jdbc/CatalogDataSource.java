package dev.frazil.jdbc;

import dev.frazil.config.ConnectionProperty;
import org.jspecify.annotations.Nullable;

/** The properties of catalogs that other systems keep. One thread. */
abstract class CatalogDataSource extends SilentDataSource {

  abstract void set(ConnectionProperty property, @Nullable String value);

  abstract @Nullable String get(ConnectionProperty property);

  public void setWarehouse(String warehouse) {
    set(ConnectionProperty.WAREHOUSE, warehouse);
  }

  public @Nullable String getWarehouse() {
    return get(ConnectionProperty.WAREHOUSE);
  }

  public void setTableLocations(String tableLocations) {
    set(ConnectionProperty.TABLE_LOCATIONS, tableLocations);
  }

  public @Nullable String getTableLocations() {
    return get(ConnectionProperty.TABLE_LOCATIONS);
  }

  public void setCatalogName(String catalogName) {
    set(ConnectionProperty.CATALOG_NAME, catalogName);
  }

  public @Nullable String getCatalogName() {
    return get(ConnectionProperty.CATALOG_NAME);
  }

  public void setCatalogUser(String catalogUser) {
    set(ConnectionProperty.CATALOG_USER, catalogUser);
  }

  public @Nullable String getCatalogUser() {
    return get(ConnectionProperty.CATALOG_USER);
  }

  public void setCatalogParameters(String catalogParameters) {
    set(ConnectionProperty.CATALOG_PARAMETERS, catalogParameters);
  }

  public @Nullable String getCatalogParameters() {
    return get(ConnectionProperty.CATALOG_PARAMETERS);
  }

  public void setCatalogPassword(String catalogPassword) {
    set(ConnectionProperty.CATALOG_PASSWORD, catalogPassword);
  }

  public void setCatalogEndpoint(String catalogEndpoint) {
    set(ConnectionProperty.CATALOG_ENDPOINT, catalogEndpoint);
  }

  public @Nullable String getCatalogEndpoint() {
    return get(ConnectionProperty.CATALOG_ENDPOINT);
  }

  public void setClientId(String clientId) {
    set(ConnectionProperty.CLIENT_ID, clientId);
  }

  public @Nullable String getClientId() {
    return get(ConnectionProperty.CLIENT_ID);
  }

  public void setTokenEndpoint(String tokenEndpoint) {
    set(ConnectionProperty.TOKEN_ENDPOINT, tokenEndpoint);
  }

  public @Nullable String getTokenEndpoint() {
    return get(ConnectionProperty.TOKEN_ENDPOINT);
  }

  public void setScope(String scope) {
    set(ConnectionProperty.SCOPE, scope);
  }

  public @Nullable String getScope() {
    return get(ConnectionProperty.SCOPE);
  }

  public void setSigningName(String signingName) {
    set(ConnectionProperty.SIGNING_NAME, signingName);
  }

  public @Nullable String getSigningName() {
    return get(ConnectionProperty.SIGNING_NAME);
  }

  public void setToken(String token) {
    set(ConnectionProperty.TOKEN, token);
  }

  public void setClientSecret(String clientSecret) {
    set(ConnectionProperty.CLIENT_SECRET, clientSecret);
  }
}
