package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.util.Locale;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewProperties;

/**
 * Where the objects of a database stand: {@code <schema>/<table>-<id>/data} and {@code /metadata}
 * under the warehouse. The id makes every folder used once, so a table that is dropped and created
 * again never meets its own old files.
 */
public final class TableLocations {
  private static final int MAX_FOLDER_LENGTH = 64;

  private TableLocations() {}

  /** Folder of the database's own objects, under the warehouse. */
  static final String SYSTEM_FOLDER = "_frazil";

  /** The root of a warehouse. */
  static String root(String warehouse) {
    return warehouse + "/" + SYSTEM_FOLDER + "/root.json";
  }

  /** The folder of older versions of the root. */
  static String trail(String warehouse) {
    return warehouse + "/" + SYSTEM_FOLDER + "/history";
  }

  /** A folder for a new table or view. */
  static String newTable(String warehouse, TableIdentifier identifier, String uniqueId) {
    StringBuilder location = new StringBuilder(warehouse);
    for (String level : identifier.namespace().levels()) {
      location.append('/').append(folder(level));
    }
    return location
        .append('/')
        .append(folder(identifier.name()))
        .append('-')
        .append(uniqueId)
        .toString();
  }

  /** A name as part of a location: letters, digits and underscores only. */
  private static String folder(String name) {
    StringBuilder folder = new StringBuilder(name.length());
    for (int i = 0; i < Math.min(name.length(), MAX_FOLDER_LENGTH); i++) {
      char c = name.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      folder.append(plain ? c : '_');
    }
    return folder.isEmpty() ? "_" : folder.toString();
  }

  /** A metadata file of a table, by Iceberg's rules. */
  public static String metadataFile(TableMetadata metadata, String fileName) {
    return metadataFolder(metadata) + "/" + fileName;
  }

  /** Where the metadata files of a table go, by Iceberg's rules. */
  public static String metadataFolder(TableMetadata metadata) {
    return stripped(
        metadata.property(
            TableProperties.WRITE_METADATA_LOCATION, stripped(metadata.location()) + "/metadata"));
  }

  /** Where the metadata files of a view go, by Iceberg's rules. */
  static String metadataFolder(ViewMetadata metadata) {
    String folder = metadata.properties().get(ViewProperties.WRITE_METADATA_LOCATION);
    return stripped(folder != null ? folder : stripped(metadata.location()) + "/metadata");
  }

  /** The name of the metadata file after the given number of earlier ones. */
  static String metadataFileName(int number, String uniqueId, boolean packed) {
    return String.format(
        Locale.ROOT, "%05d-%s%s.metadata.json", number, uniqueId, packed ? ".gz" : "");
  }

  /** The number in a metadata file's name; -1 where there is none. */
  static int metadataFileNumber(String location) {
    String name = location.substring(location.lastIndexOf('/') + 1);
    int end = name.startsWith("v") ? name.indexOf('.') : name.indexOf('-');
    String digits = end < 0 ? "" : name.substring(name.startsWith("v") ? 1 : 0, end);
    return digits.length() <= 9 && digits.matches("[0-9]+") ? Integer.parseInt(digits) : -1;
  }

  /**
   * Where data files go, by Iceberg's rules; a table that names a class of its own for that is
   * refused ({@code 0A000}), as is one that names nothing ({@code 58P02}).
   */
  public static LocationProvider provider(TableMetadata metadata) {
    if (metadata.properties().containsKey(TableProperties.WRITE_LOCATION_PROVIDER_IMPL)) {
      throw EngineException.unsupported(
          "writing to the table at "
              + metadata.location()
              + ", whose property "
              + TableProperties.WRITE_LOCATION_PROVIDER_IMPL
              + " names a class,");
    }
    try {
      return LocationProviders.locationsFor(metadata.location(), metadata.properties());
    } catch (IllegalArgumentException e) {
      throw new EngineException(
          SqlState.LOCATION_REFUSED,
          "the properties of the table at "
              + metadata.location()
              + " name no place for its files: "
              + e.getMessage(),
          e);
    }
  }

  private static String stripped(String location) {
    String stripped = location;
    while (stripped.length() > 1 && stripped.endsWith("/")) {
      stripped = stripped.substring(0, stripped.length() - 1);
    }
    return stripped;
  }
}
