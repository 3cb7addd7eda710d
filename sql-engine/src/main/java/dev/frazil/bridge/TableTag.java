package dev.frazil.bridge;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.apache.iceberg.rest.RESTCatalogProperties.SnapshotMode;
import org.jspecify.annotations.Nullable;

/**
 * The entity tag of a table: another one for each metadata file, whose name holds a UUID, and for
 * each selection of snapshots.
 */
final class TableTag {
  private TableTag() {}

  static String of(String metadataLocation, SnapshotMode mode) {
    String name = metadataLocation.substring(metadataLocation.lastIndexOf('/') + 1);
    StringBuilder plain = new StringBuilder("\"");
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      plain.append(c > 0x20 && c < 0x7f && c != '"' && c != ',' ? c : '_');
    }
    CRC32 folder = new CRC32();
    folder.update(metadataLocation.getBytes(StandardCharsets.UTF_8));
    return plain
        .append('-')
        .append(Long.toHexString(folder.getValue()))
        .append(mode == SnapshotMode.REFS ? "-refs\"" : "\"")
        .toString();
  }

  /**
   * @param ifNoneMatch the header: tags with commas between them, or an asterisk
   */
  static boolean matches(@Nullable String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String given : ifNoneMatch.split(",", -1)) {
      String strong = given.trim().replaceFirst("^W/", "");
      if (strong.equals("*") || strong.equals(tag)) {
        return true;
      }
    }
    return false;
  }
}
