package dev.frazil.catalog;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.view.ViewMetadata;
import org.apache.iceberg.view.ViewMetadataParser;
import org.apache.iceberg.view.ViewProperties;
import org.jspecify.annotations.Nullable;

/**
 * The metadata files of views, by Iceberg's view spec. A file is never overwritten, so its parsed
 * form is kept. Thread-safe.
 */
final class ViewMetadataFiles {
  /** Parsed metadata takes about twice the bytes of its JSON, as that of tables does. */
  private static final int PARSED_TO_JSON = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final MetadataFileIO io;
  private final Ids ids;
  private final ObjectCache<ViewMetadata> kept;

  ViewMetadataFiles(MetadataFileIO io, Ids ids) {
    this.io = io;
    this.ids = ids;
    this.kept = new ObjectCache<>(ObjectCache.shareOfHeap());
  }

  /**
   * The metadata in a file; XX001 where it is not a view's metadata, 54000 where it is too much.
   */
  ViewMetadata read(String location) {
    ViewMetadata known = kept.find(location);
    return known != null ? known : parse(location, io.read(location));
  }

  /** The metadata in a file if it is in memory. */
  @Nullable ViewMetadata known(String location) {
    return kept.find(location);
  }

  /** Those of the locations whose metadata is not in memory. */
  Collection<String> unknown(Collection<String> locations) {
    return locations.stream().filter(location -> kept.find(location) == null).toList();
  }

  private ViewMetadata parse(String location, byte[] body) {
    try {
      byte[] json = TableMetadataFiles.unpacked(location, body);
      ViewMetadata parsed = ViewMetadataParser.fromJson(location, JSON.readTree(json));
      // What is not whole fails here, and not in the midst of a statement.
      parsed.check();
      parsed.schema();
      kept.keep(location, parsed, (long) PARSED_TO_JSON * json.length);
      return parsed;
    } catch (StreamConstraintsException e) {
      throw new EngineException(
          SqlState.LIMIT_EXCEEDED,
          "the metadata file " + location + " of a view is too large: " + e.getOriginalMessage(),
          e);
    } catch (IOException
        | IllegalArgumentException
        | IllegalStateException
        | NullPointerException
        | ValidationException e) {
      throw new EngineException(
          SqlState.DATA_CORRUPTED,
          "the metadata file "
              + location
              + " of a view is corrupt ("
              + e.getMessage()
              + "); drop the view and create it again",
          e);
    }
  }

  /**
   * Writes metadata under a new name.
   *
   * @param previous the file that it comes after, or null
   * @return what was written, knowing its location
   */
  ViewMetadata write(ViewMetadata metadata, @Nullable String previous) {
    int number = previous == null ? 0 : TableLocations.metadataFileNumber(previous) + 1;
    boolean packed =
        "gzip".equalsIgnoreCase(metadata.properties().get(ViewProperties.METADATA_COMPRESSION));
    String location =
        TableLocations.metadataFolder(metadata)
            + "/"
            + TableLocations.metadataFileName(number, ids.uuid().toString(), packed);
    try {
      JsonNode tree = tree(metadata);
      byte[] body = JSON.writeValueAsBytes(tree);
      ViewMetadata written = ViewMetadataParser.fromJson(location, tree);
      io.write(location, packed ? TableMetadataFiles.packed(body) : body);
      kept.keep(location, written, (long) PARSED_TO_JSON * body.length);
      return written;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode tree(ViewMetadata metadata) throws IOException {
    try (TokenBuffer buffer = new TokenBuffer(JSON, false)) {
      try (JsonGenerator generator = buffer) {
        ViewMetadataParser.toJson(metadata, generator);
      }
      return JSON.readTree(buffer.asParser());
    }
  }
}
