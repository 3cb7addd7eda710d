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
}
