package dev.frazil.catalog;

import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.LocationGuard;
import dev.frazil.storage.ObjectStore;

/**
 * A folder that a statement names for a new table. It has to be one that the database might have
 * chosen itself: within the warehouse, never used before, and not within the folder of another
 * table, whose maintenance would take the files for its own.
 */
final class ChosenLocation {
  private ChosenLocation() {}

  /**
   * The location as the database spells it. Errors: 58P02 outside of the warehouse, 22023 for the
   * warehouse itself and its own folder, 55000 where files are.
   */
  static String check(String warehouse, ObjectStore store, String wanted) {
    String location = LocationGuard.normalise(wanted);
    String prefix = LocationGuard.normalise(warehouse) + "/";
    if (!location.startsWith(prefix)) {
      throw new EngineException(
          SqlState.LOCATION_REFUSED,
          "the location '"
              + wanted
              + "' is not within the warehouse "
              + warehouse
              + ": a table of this database can be nowhere else. Leave LOCATION out, and the"
              + " database chooses a folder");
    }
    String path = location.substring(prefix.length());
    if (path.equals(TableLocations.SYSTEM_FOLDER)
        || path.startsWith(TableLocations.SYSTEM_FOLDER + "/")) {
      throw new EngineException(
          SqlState.INVALID_PARAMETER_VALUE,
          "the location '" + wanted + "' is where the database keeps its own files");
    }
    requireEmpty(store, location, wanted);
    for (int end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      String above = prefix + path.substring(0, end);
      if (store.list(above + "/metadata/").hasNext() || store.list(above + "/data/").hasNext()) {
        throw new EngineException(
            SqlState.OBJECT_NOT_IN_STATE,
            "the location '" + wanted + "' is within the folder of another table, " + above);
      }
    }
    return location;
  }

  private static void requireEmpty(ObjectStore store, String location, String wanted) {
    if (store.list(location + "/").hasNext()) {
      throw new EngineException(
          SqlState.OBJECT_NOT_IN_STATE,
          "the location '"
              + wanted
              + "' holds files: a new table begins in an empty folder. CALL system.register_table is"
              + " for tables that are there");
    }
  }
}
