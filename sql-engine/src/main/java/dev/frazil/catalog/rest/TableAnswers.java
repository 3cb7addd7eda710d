package dev.frazil.catalog.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.frazil.catalog.MetadataFileIO;
import dev.frazil.catalog.ObjectCache;
import dev.frazil.catalog.TableMetadataFiles;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NotFoundException;
import org.jspecify.annotations.Nullable;

/** Reads answers that hold tables, and keeps what never changes of them. Thread-safe. */
final class TableAnswers {
  private final VendedPlaces places;
  private final ObjectCache<TableMetadata> kept = new ObjectCache<>(ObjectCache.shareOfHeap());

  TableAnswers(VendedPlaces places) {
    this.places = places;
  }

  /** The metadata that stood at a location, if it is in memory. */
  @Nullable TableMetadata known(String location) {
    return kept.find(location);
  }

  /** The metadata in the file at a location, which is kept no longer. */
  TableMetadata file(TableIdentifier identifier, String location, MetadataFileIO io) {
    if (!location.contains("/") || location.startsWith("metadata:")) {
      throw new NotFoundException("No file of %s: %s", identifier, location);
    }
    TableMetadataFiles.Parsed parsed = TableMetadataFiles.parsed(location, io.read(location));
    kept.keep(location, parsed.metadata(), Math.min(2L * parsed.jsonBytes(), kept.maxBytes() / 2));
    return parsed.metadata();
  }

  /** The table in an answer; XX001 where its metadata cannot be read. */
  LoadedTable table(TableIdentifier identifier, JsonNode answer, @Nullable String entityTag) {
    JsonNode json = answer.path("metadata");
    String text = answer.path("metadata-location").asText("");
    int bytes = json.toString().length();
    // A server may keep the location to itself; the content stands for it.
    String location = text.isEmpty() ? "metadata:" + digest(json) : text;
    try {
      TableMetadata metadata = TableMetadataParser.fromJson(location, json);
      kept.keep(location, metadata, Math.min(2L * bytes, kept.maxBytes() / 2));
      return new LoadedTable(location, metadata, entityTag);
    } catch (IllegalArgumentException | IllegalStateException | NullPointerException e) {
      throw new EngineException(
          SqlState.DATA_CORRUPTED,
          "the catalog's metadata of the table "
              + identifier
              + " is corrupt ("
              + e.getMessage()
              + ')',
          e);
    }
  }

  private static String digest(JsonNode json) {
    return UUID.nameUUIDFromBytes(json.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /** Takes the credentials in an answer. */
  void takeAccess(
      TableIdentifier identifier,
      JsonNode answer,
      ServerConfig config,
      LoadedTable loaded,
      Runnable renewal) {
    List<String> folders = new ArrayList<>();
    TableMetadata metadata = loaded.metadata();
    folders.add(metadata.location());
    for (String property :
        List.of(TableProperties.WRITE_DATA_LOCATION, TableProperties.WRITE_METADATA_LOCATION)) {
      String folder = metadata.properties().get(property);
      if (folder != null) {
        folders.add(folder);
      }
    }
    places.take(identifier, answer, config.storage(), folders, renewal);
  }
}
