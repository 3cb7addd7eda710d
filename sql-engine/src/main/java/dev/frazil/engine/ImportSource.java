package dev.frazil.engine;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.ObjectInfo;
import dev.frazil.storage.ObjectStore;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that {@code source_table} of add_files names: one file, or all in a folder and those
 * below, without those whose names begin with a dot or an underscore. Stateless.
 */
final class ImportSource {
  private static final Pattern FORMAT =
      Pattern.compile("[`\"]?(\\w+)[`\"]?\\.[`\"](.+)[`\"]", Pattern.DOTALL);

  private ImportSource() {}

  /** The location in {@code parquet.`location`}, or the text itself. */
  static String location(String text) {
    Matcher matcher = FORMAT.matcher(text.strip());
    if (!matcher.matches()) {
      if (!text.contains("/")) {
        throw new EngineException(
            SqlState.INVALID_PARAMETER_VALUE,
            "source_table '" + text + "' is not of the form parquet.`folder or file`");
      }
      return text;
    }
    String format = matcher.group(1).toLowerCase(Locale.ROOT);
    if (!format.equals("parquet")) {
      throw EngineException.unsupported("add_files of the format " + format);
    }
    return matcher.group(2);
  }

  /** Refuses a location outside of the warehouse with 58P02, one without files with 22023. */
  static List<ObjectInfo> files(ObjectStore store, String location) {
    String folder = location;
    while (folder.endsWith("/")) {
      folder = folder.substring(0, folder.length() - 1);
    }
    List<ObjectInfo> files = new ArrayList<>();
    if (folder.equals(location)) {
      store.head(location).ifPresent(files::add);
    }
    if (files.isEmpty()) {
      Iterator<ObjectInfo> found = store.list(folder + "/");
      while (found.hasNext()) {
        ObjectInfo file = found.next();
        if (!isHidden(file.location(), depth(folder))) {
          files.add(file);
        }
      }
    }
    if (files.isEmpty()) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE, "there is no file at or in '" + location + "'");
    }
    return files;
  }

  private static int depth(String location) {
    // Behind the scheme, which the listing may spell otherwise.
    return location.replaceFirst("^[a-z0-9]+:/*", "/").replaceAll("/+", "/").split("/", -1).length;
  }

  private static boolean isHidden(String location, int folderDepth) {
    String[] parts =
        location.replaceFirst("^[a-z0-9]+:/*", "/").replaceAll("/+", "/").split("/", -1);
    boolean hidden = location.endsWith("/"); // what some tools put for a folder
    for (int i = folderDepth; i < parts.length; i++) {
      boolean isFolderOfValues = i < parts.length - 1 && parts[i].contains("=");
      hidden |= parts[i].startsWith(".") || (parts[i].startsWith("_") && !isFolderOfValues);
    }
    return hidden;
  }
}
