package dev.frazil.txn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.frazil.error.EngineException;
import dev.frazil.storage.Ids;
import java.util.List;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableProperties;

/**
 * A table over the files of another one, as Spark's procedure {@code snapshot} makes it: schemas,
 * layouts, snapshots and references are those of the source; identity, folder and what comes after
 * are its own. Made from the table spec's JSON, where every field that nobody names here is kept.
 */
public final class TableSnapshot {
  /** Which table it was made from: the source's {@code table-uuid}. */
  public static final String SOURCE = "frazil.snapshot-of";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where the source writes; the latter two by names of old versions of Iceberg. */
  private static final List<String> FOLDERS =
      List.of(
          TableProperties.WRITE_DATA_LOCATION,
          TableProperties.WRITE_METADATA_LOCATION,
          "write.object-storage.path",
          "write.folder-storage.path");

  private TableSnapshot() {}

  static TableMetadata metadata(TableMetadata source, String location) {
    ObjectNode json;
    try {
      json = (ObjectNode) JSON.readTree(TableMetadataParser.toJson(source));
    } catch (JsonProcessingException e) {
      throw EngineException.internal("metadata that was read is not JSON", e);
    }
    json.put("table-uuid", Ids.system().uuid().toString());
    json.put("location", location);
    // Old metadata files are deleted by commits that follow, where the table asks for it.
    json.putArray("metadata-log");
    ObjectNode properties = json.withObjectProperty("properties");
    FOLDERS.forEach(properties::remove);
    properties.put(TableProperties.GC_ENABLED, "false");
    properties.put(SOURCE, String.valueOf(source.uuid()));
    return TableMetadataParser.fromJson(json.toString());
  }
}
