package dev.frazil.catalog;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.frazil.error.EngineException;
import dev.frazil.error.SqlState;
import dev.frazil.storage.Ids;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.exceptions.NotFoundException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The metadata files of tables. A file is never overwritten, so its parsed form is kept.
 * Thread-safe.
 */
public final class TableMetadataFiles {
  private static final int MAX_UNPACKED_BYTES = 256 << 20;
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Parsed metadata takes about twice the bytes of its JSON (measured over 600 snapshots: 2.07).
   */
  private static final int PARSED_TO_JSON = 2;

  private static final Logger LOGGER = LoggerFactory.getLogger(TableMetadataFiles.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final MetadataFileIO io;
  private final Ids ids;
  private final ObjectCache<TableMetadata> kept;

  TableMetadataFiles(MetadataFileIO io, Ids ids) {
    this.io = io;
    this.ids = ids;
    this.kept = new ObjectCache<>(ObjectCache.shareOfHeap());
  }

  /** The metadata in a file; XX001 where it is not a table's metadata. */
  TableMetadata read(String location) {
    TableMetadata known = kept.find(location);
    return known != null ? known : parse(location, io.read(location));
  }

  /** The metadata in a file if it is in memory. */
  @Nullable TableMetadata known(String location) {
    return kept.find(location);
  }

  /** Reads files that are about to be asked for, side by side where that pays. */
  void readAhead(Collection<String> locations) {
    try {
      io.readAhead(locations.stream().filter(location -> kept.find(location) == null).toList());
    } catch (NotFoundException e) {
      // Whoever asks for that file meets it again, and can say whose it is.
      LOGGER.debug("a metadata file that was to be read ahead is missing", e);
    }
  }

  /**
   * Every commit makes another version, so how many are kept depends on their size. The two last
   * ones are, however large: a table whose metadata is not kept would be parsed by each statement.
   */
  private void keep(String location, TableMetadata metadata, long jsonBytes) {
    kept.keep(location, metadata, Math.min(PARSED_TO_JSON * jsonBytes, kept.maxBytes() / 2));
  }

  private TableMetadata parse(String location, byte[] body) {
    Parsed parsed = parsed(location, body);
    keep(location, parsed.metadata(), parsed.jsonBytes());
    return parsed.metadata();
  }

  /** A metadata file and the size of its JSON. */
  public record Parsed(TableMetadata metadata, int jsonBytes) {}

  /** The metadata in the bytes of a file; XX001 where they are none. */
  public static Parsed parsed(String location, byte[] body) {
    try {
      byte[] json = unpacked(location, body);
      return new Parsed(TableMetadataParser.fromJson(location, JSON.readTree(json)), json.length);
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw new EngineException(
          SqlState.DATA_CORRUPTED,
          "the metadata file "
              + location
              + " is corrupt ("
              + e.getMessage()
              + "); an earlier one of the same folder may be registered instead",
          e);
    }
  }

  /** The body without gzip; 54000 where that is too much. */
  static byte[] unpacked(String location, byte[] body) throws IOException {
    boolean packed = body.length > 1 && body[0] == (byte) 0x1f && body[1] == (byte) 0x8b;
    if (!packed) {
      return body;
    }
    try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] buffer = new byte[BUFFER_BYTES];
      long unpacked = 0;
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        unpacked += read;
        if (unpacked > MAX_UNPACKED_BYTES) {
          throw new EngineException(
              SqlState.LIMIT_EXCEEDED,
              "the metadata file "
                  + location
                  + " unpacks to more than the limit of "
                  + MAX_UNPACKED_BYTES
                  + " bytes");
        }
      }
    }
    // Nothing is kept before it is known how much it is.
    try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(body))) {
      return stream.readAllBytes();
    }
  }

  /**
   * Writes metadata under a new name.
   *
   * @param summary added to the summaries of the snapshots in {@code ownSnapshots}
   * @return what was written, knowing its location
   */
  TableMetadata write(TableMetadata metadata, Map<String, String> summary, Set<Long> ownSnapshots) {
    int number =
        metadata.previousFiles().isEmpty()
            ? 0
            : 1
                + TableLocations.metadataFileNumber(
                    metadata.previousFiles().get(metadata.previousFiles().size() - 1).file());
    boolean packed =
        metadata
            .property(
                TableProperties.METADATA_COMPRESSION, TableProperties.METADATA_COMPRESSION_DEFAULT)
            .equalsIgnoreCase("gzip");
    String location =
        TableLocations.metadataFile(
            metadata, TableLocations.metadataFileName(number, ids.uuid().toString(), packed));
    Body body = body(location, metadata, packed, summary, ownSnapshots, Map.of());
    io.write(location, body.bytes());
    keep(location, body.metadata(), body.jsonBytes());
    return body.metadata();
  }

  /** A metadata file about to be written, and what will be read from it. */
  record Body(TableMetadata metadata, byte[] bytes, int jsonBytes) {}

  /**
   * The bytes of a metadata file.
   *
   * @param packed whether by gzip
   * @param summary added to the summaries of the snapshots in {@code ownSnapshots}
   * @param fields added to the metadata; readers ignore what they do not know
   */
  static Body body(
      String location,
      TableMetadata metadata,
      boolean packed,
      Map<String, String> summary,
      Set<Long> ownSnapshots,
      Map<String, String> fields) {
    try {
      JsonNode tree = tree(metadata);
      annotate(tree, summary, ownSnapshots);
      fields.forEach(((ObjectNode) tree)::put);
      byte[] json = JSON.writeValueAsBytes(tree);
      TableMetadata written = TableMetadataParser.fromJson(location, tree);
      return new Body(written, packed ? packed(json) : json, json.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode tree(TableMetadata metadata) throws IOException {
    try (TokenBuffer buffer = new TokenBuffer(JSON, false)) {
      try (JsonGenerator generator = buffer) {
        TableMetadataParser.toJson(metadata, generator);
      }
      return JSON.readTree(buffer.asParser());
    }
  }

  private static void annotate(JsonNode tree, Map<String, String> summary, Set<Long> ownSnapshots) {
    for (JsonNode snapshot : tree.path("snapshots")) {
      if (ownSnapshots.contains(snapshot.path("snapshot-id").longValue())
          && snapshot.path("summary") instanceof ObjectNode fields) {
        summary.forEach(fields::put);
      }
    }
  }

  static byte[] packed(byte[] body) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
      stream.write(body);
    }
    return packed.toByteArray();
  }
}
