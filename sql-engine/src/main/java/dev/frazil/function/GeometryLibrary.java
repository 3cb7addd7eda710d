package dev.frazil.function;

import dev.frazil.geometry.GeometryExtent;
import dev.frazil.geometry.GeometryKind;
import dev.frazil.geometry.WellKnownBytes;
import dev.frazil.geometry.WellKnownText;
import dev.frazil.geometry.WellKnownTextParser;
import dev.frazil.type.SqlType.GeospatialType;
import dev.frazil.vector.VectorBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;

/** What geometries are made of and from, by the names of SQL/MM and PostGIS. */
final class GeometryLibrary {
  private static final String[] AXES = {"X", "Y", "Z", "M"};

  private GeometryLibrary() {}

  static void define(Definitions library) {
    forms(library);
    makers(library);
    shapes(library);
    for (int axis = 0; axis < AXES.length; axis++) {
      ordinate(library, axis);
    }
    for (int axis = 0; axis < 2; axis++) {
      edge(library, axis, true);
      edge(library, axis, false);
    }
  }

  private static void forms(Definitions library) {
    if (library.has("st_astext")) {
      library
          .function(
              "geospatial -> varchar",
              (in, out) -> {
                byte[] bytes = in.bytes(0);
                out.appendText(WellKnownText.of(bytes, 0, bytes.length));
              })
          .is("The text of a geometry (WKT).")
          .example("ST_AsText(ST_Point(1, 2.5))", "POINT (1 2.5)");
    }
    if (library.has("st_asbinary")) {
      library
          .function("geospatial -> varbinary", (in, out) -> out.appendBytes(in.bytes(0)))
          .is("The bytes of a geometry (WKB of ISO).")
          .example("ST_AsBinary(ST_Point(1, 2))", "x'0101000000000000000000f03f0000000000000040'");
    }
  }

  private static void makers(Definitions library) {
    if (library.has("st_geomfromtext", "st_geometryfromtext")) {
      library
          .function("varchar -> geometry", GeometryLibrary::fromText)
          .is("The geometry of a text (WKT), in longitude and latitude.")
          .example("ST_GeomFromText('linestring(0 0, 1 1)')", "LINESTRING (0 0, 1 1)");
    }
    if (library.has("st_geogfromtext")) {
      library
          .function("varchar -> geography", GeometryLibrary::fromText)
          .is("The geography of a text (WKT).")
          .example("ST_X(ST_GeogFromText('POINT(13.4 52.5)'))", "13.4");
    }
    if (library.has("st_geomfromwkb", "st_geomfrombinary")) {
      library
          .function("varbinary -> geometry", GeometryLibrary::fromBytes)
          .is("The geometry of bytes (WKB of ISO), in longitude and latitude.")
          .example(
              "ST_AsText(ST_GeomFromWKB(X'0101000000000000000000F03F0000000000000040'))",
              "POINT (1 2)");
    }
    if (library.has("st_geogfromwkb")) {
      library
          .function("varbinary -> geography", GeometryLibrary::fromBytes)
          .is("The geography of bytes (WKB of ISO).")
          .example("ST_Y(ST_GeogFromWKB(X'0101000000000000000000F03F0000000000000040'))", "2");
    }
    if (library.has("st_point", "st_makepoint")) {
      library
          .function(
              "double, double -> geometry",
              (in, out) ->
                  out.appendBytes(
                      ByteBuffer.allocate(21)
                          .order(ByteOrder.LITTLE_ENDIAN)
                          .put((byte) 1)
                          .putInt(GeometryKind.POINT.code())
                          .putDouble(in.number(0))
                          .putDouble(in.number(1))
                          .array()))
          .is("The point of an x and a y.")
          .example("ST_Point(1, 2)", "POINT (1 2)");
    }
  }

  private static void fromText(Arguments in, VectorBuilder out) {
    out.appendBytes(WellKnownTextParser.parse(in.text(0)));
  }

  private static void fromBytes(Arguments in, VectorBuilder out) {
    byte[] bytes = in.bytes(0);
    WellKnownBytes.check(bytes, 0, bytes.length);
    out.appendBytes(bytes);
  }

  private static void shapes(Definitions library) {
    if (library.has("st_geometrytype")) {
      library
          .function(
              "geospatial -> varchar",
              (in, out) -> out.appendText("ST_" + GeometryShape.of(in.bytes(0)).kind().title()))
          .is("The kind of a geometry: ST_Point, ST_LineString, ST_Polygon, ...")
          .example("ST_GeometryType(ST_GeomFromText('MULTIPOINT (1 1)'))", "ST_MultiPoint");
    }
    if (library.has("st_srid")) {
      library
          .function(
              "geospatial -> integer",
              (in, out) -> appendSrid(((GeospatialType) in.vector(0).type()).crs(), out))
          .is(
              "The number of the system of coordinates that the type names: 4326 for OGC:CRS84, n for"
                  + " srid:n and EPSG:n; null for others.")
          .example("ST_SRID(ST_Point(1, 2))", "4326");
    }
    if (library.has("st_isempty")) {
      library
          .function(
              "geospatial -> boolean",
              (in, out) -> out.appendBoolean(GeometryShape.of(in.bytes(0)).points() == 0))
          .is("Whether a geometry has no point.")
          .example("ST_IsEmpty(ST_GeomFromText('POINT EMPTY'))", "true");
    }
    if (library.has("st_npoints")) {
      library
          .function(
              "geospatial -> bigint",
              (in, out) -> out.appendLong(GeometryShape.of(in.bytes(0)).points()))
          .is("How many points a geometry has in all.")
          .example("ST_NPoints(ST_GeomFromText('POLYGON ((0 0, 1 0, 0 1, 0 0))'))", "4");
    }
    if (library.has("st_numgeometries")) {
      library
          .function(
              "geospatial -> integer",
              (in, out) -> out.appendInt(GeometryShape.of(in.bytes(0)).parts()))
          .is(
              "How many parts a MULTI... or a collection has; 1 for any other geometry, 0 if empty.")
          .example("ST_NumGeometries(ST_GeomFromText('MULTIPOINT (1 1, 2 2)'))", "2");
    }
    if (library.has("st_dimension")) {
      library
          .function(
              "geospatial -> integer",
              (in, out) -> out.appendInt(GeometryShape.of(in.bytes(0)).dimension()))
          .is("0 for points, 1 for lines, 2 for areas; of a collection the greatest of its parts.")
          .example("ST_Dimension(ST_GeomFromText('LINESTRING (0 0, 1 1)'))", "1");
    }
    if (library.has("st_coorddim", "st_ndims")) {
      library
          .function(
              "geospatial -> integer",
              (in, out) -> out.appendInt(GeometryShape.of(in.bytes(0)).ordinates()))
          .is("How many numbers a point has: 2 to 4.")
          .example("ST_CoordDim(ST_GeomFromText('POINT Z (1 2 3)'))", "3");
    }
  }

  private static void appendSrid(String crs, VectorBuilder out) {
    String name = crs.toUpperCase(Locale.ROOT);
    String number =
        crs.equals(GeospatialType.DEFAULT_CRS)
            ? "4326"
            : name.startsWith("SRID:") || name.startsWith("EPSG:") ? name.substring(5) : "";
    if (number.matches("[0-9]{1,9}")) {
      out.appendInt(Integer.parseInt(number));
    } else {
      out.appendNull();
    }
  }

  private static void ordinate(Definitions library, int axis) {
    String name = "st_" + AXES[axis].toLowerCase(Locale.ROOT);
    if (library.has(name)) {
      library
          .function(
              "geospatial -> double",
              (in, out) -> {
                byte[] bytes = in.bytes(0);
                if (GeometryShape.of(bytes).kind() != GeometryKind.POINT) {
                  throw FunctionErrors.argument(
                      "ST_"
                          + AXES[axis]
                          + " takes a point, not a "
                          + GeometryShape.of(bytes).kind().title());
                }
                append(extent(bytes), axis, true, out);
              })
          .is(AXES[axis] + " of a point; null if it has none.")
          .example("ST_" + AXES[axis] + "(ST_GeomFromText('POINT ZM (1 2 3 4)'))", "" + (axis + 1));
    }
  }

  private static void edge(Definitions library, int axis, boolean least) {
    String end = least ? "Min" : "Max";
    String name = "ST_" + AXES[axis] + end;
    if (library.has(name.toLowerCase(Locale.ROOT))) {
      library
          .function(
              "geospatial -> double", (in, out) -> append(extent(in.bytes(0)), axis, least, out))
          .is(
              "The "
                  + (least ? "least " : "greatest ")
                  + AXES[axis]
                  + " of the corners of a geometry; null if it is empty.")
          .example(
              name + "(ST_GeomFromText('LINESTRING (1 2, 3 4)'))",
              "" + (1 + axis + (least ? 0 : 2)));
    }
  }

  private static GeometryExtent extent(byte[] bytes) {
    GeometryExtent extent = new GeometryExtent();
    WellKnownBytes.walk(bytes, 0, bytes.length, extent);
    return extent;
  }

  private static void append(GeometryExtent extent, int axis, boolean least, VectorBuilder out) {
    if (extent.has(axis)) {
      out.appendDouble(least ? extent.least(axis) : extent.greatest(axis));
    } else {
      out.appendNull();
    }
  }
}
