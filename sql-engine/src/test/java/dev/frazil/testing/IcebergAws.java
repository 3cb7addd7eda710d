package dev.frazil.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Iceberg's own catalogs of module iceberg-aws, in a class loader of their own: they need a class
 * of Hadoop's, and clients of the AWS SDK, that are not ours. The build lays the jars out in {@code
 * target/iceberg-aws} of this module.
 */
public final class IcebergAws {
  private static final ClassLoader LOADER = loader();

  private IcebergAws() {}

  private static ClassLoader loader() {
    Path libraries = Path.of("target", "iceberg-aws").toAbsolutePath();
    try (Stream<Path> jars = Files.list(libraries)) {
      List<URL> urls = jars.map(IcebergAws::url).toList();
      return new URLClassLoader(urls.toArray(new URL[0]), IcebergAws.class.getClassLoader());
    } catch (IOException e) {
      throw new UncheckedIOException(
          libraries + " is missing: run mvn -pl sql-engine process-test-resources", e);
    }
  }

  private static URL url(Path jar) {
    try {
      return jar.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Iceberg's DynamoDbCatalog over a local folder. */
  public static Catalog dynamoDb(String endpoint, String table, String warehouse) {
    return open(
        "org.apache.iceberg.aws.dynamodb.DynamoDbCatalog",
        warehouse,
        Map.of("dynamodb.endpoint", endpoint, "dynamodb.table-name", table));
  }

  /** Iceberg's GlueCatalog over a local folder. */
  public static Catalog glue(String endpoint, String warehouse) {
    return open(
        "org.apache.iceberg.aws.glue.GlueCatalog", warehouse, Map.of("glue.endpoint", endpoint));
  }

  private static Catalog open(String name, String warehouse, Map<String, String> more) {
    Map<String, String> properties = new HashMap<>(more);
    properties.put(CatalogProperties.WAREHOUSE_LOCATION, warehouse);
    properties.put(CatalogProperties.FILE_IO_IMPL, LocalFiles.class.getName());
    properties.put("client.region", JsonServiceServer.REGION);
    properties.put("client.credentials-provider", Keys.class.getName());
    properties.put("http-client.type", "urlconnection");
    Thread thread = Thread.currentThread();
    ClassLoader around = thread.getContextClassLoader();
    thread.setContextClassLoader(LOADER);
    try {
      // Looks for UpdateTableRequest.versionId by that loader, and does without its lock otherwise.
      Class.forName("org.apache.iceberg.aws.glue.GlueTableOperations", true, LOADER);
      Catalog catalog =
          (Catalog) Class.forName(name, true, LOADER).getDeclaredConstructor().newInstance();
      catalog.initialize("iceberg", properties);
      return catalog;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    } finally {
      thread.setContextClassLoader(around);
    }
  }

  /** Made by Iceberg by its name. */
  public static final class Keys implements AwsCredentialsProvider {
    public static Keys create(Map<String, String> properties) {
      return new Keys();
    }

    @Override
    public AwsCredentials resolveCredentials() {
      return AwsBasicCredentials.create(JsonServiceServer.ACCESS_KEY, JsonServiceServer.SECRET_KEY);
    }
  }

  /** Made by Iceberg by its name: files of the local disk. */
  public static final class LocalFiles implements FileIO {
    @Override
    public InputFile newInputFile(String path) {
      return org.apache.iceberg.Files.localInput(path);
    }

    @Override
    public OutputFile newOutputFile(String path) {
      return org.apache.iceberg.Files.localOutput(path);
    }

    @Override
    public void deleteFile(String path) {
      try {
        Files.deleteIfExists(Path.of(path));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
