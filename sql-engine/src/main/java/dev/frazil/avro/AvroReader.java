package dev.frazil.avro;

import dev.frazil.error.EngineException;
import dev.frazil.parquet.MissingColumn;
import dev.frazil.vector.ColumnVector;
import dev.frazil.vector.ListVectorBuilder;
import dev.frazil.vector.MapVectorBuilder;
import dev.frazil.vector.StructVectorBuilder;
import dev.frazil.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Reads the next value of a file into the builder that it was made with. One thread. */
interface AvroReader {
  void read(AvroInput in);

  /** Makes readers. */
  record Factory(AvroFields fields, String location) {

    /**
     * Reads records into one builder for each wanted field; those that the record lacks get their
     * initial default.
     */
    AvroReader ofRecord(
        List<Types.NestedField> wanted, Schema file, List<VectorBuilder> targets, String path) {
      AvroReader[] steps = new AvroReader[file.getFields().size()];
      List<AvroReader> missing = new ArrayList<>();
      for (int i = 0; i < wanted.size(); i++) {
        Types.NestedField field = wanted.get(i);
        int position = fields.position(file, field);
        if (position < 0) {
          missing.add(ofMissing(field, targets.get(i)));
        } else {
          Schema schema = file.getFields().get(position).schema();
          steps[position] =
              ofValue(field.type(), schema, targets.get(i), path + "." + field.name());
        }
      }
      for (int i = 0; i < steps.length; i++) {
        Schema schema = file.getFields().get(i).schema();
        if (steps[i] == null) {
          steps[i] = in -> AvroSkip.skip(schema, in);
        }
      }
      AvroReader[] defaults = missing.toArray(AvroReader[]::new);
      return in -> {
        for (AvroReader step : steps) {
          step.read(in);
        }
        for (AvroReader each : defaults) {
          each.read(in);
        }
      };
    }

    private AvroReader ofMissing(Types.NestedField field, VectorBuilder target) {
      if (field.isRequired() && field.initialDefault() == null) {
        throw AvroHeader.corrupt(
            location,
            "it lacks the required column " + field.name() + " (field id " + field.fieldId() + ")",
            null);
      }
      ColumnVector value = MissingColumn.vector(field, 1);
      return in -> target.appendFrom(value, 0);
    }

    /** Reads values, and nulls where the file's type is a union with null. */
    AvroReader ofValue(Type wanted, Schema file, VectorBuilder target, String path) {
      if (file.getType() == Schema.Type.NULL) {
        return in -> target.appendNull();
      }
      if (file.getType() != Schema.Type.UNION) {
        return ofPresent(wanted, file, target, path);
      }
      @Nullable AvroReader[] branches = new AvroReader[file.getTypes().size()];
      int values = 0;
      for (int i = 0; i < branches.length; i++) {
        Schema branch = file.getTypes().get(i);
        values += branch.getType() == Schema.Type.NULL ? 0 : 1;
        branches[i] = ofValue(wanted, branch, target, path);
      }
      if (values > 1) {
        throw EngineException.unsupported(
            "the column " + path.substring(1) + " of " + location + ", a union of several types,");
      }
      return in -> {
        int branch = in.readInt();
        if (branch < 0 || branch >= branches.length) {
          throw new MalformedAvroException("a union of " + branches.length + " has no " + branch);
        }
        branches[branch].read(in);
      };
    }

    private AvroReader ofPresent(Type wanted, Schema file, VectorBuilder target, String path) {
      return switch (wanted.typeId()) {
        case STRUCT -> {
          if (file.getType() != Schema.Type.RECORD) {
            throw misfit(wanted, file, path);
          }
          StructVectorBuilder struct = (StructVectorBuilder) target;
          AvroReader record = ofRecord(wanted.asStructType().fields(), file, struct.fields(), path);
          yield in -> {
            record.read(in);
            struct.endRow();
          };
        }
        case LIST -> {
          if (file.getType() != Schema.Type.ARRAY) {
            throw misfit(wanted, file, path);
          }
          ListVectorBuilder list = (ListVectorBuilder) target;
          AvroReader element =
              ofValue(
                  wanted.asListType().elementType(),
                  file.getElementType(),
                  list.elements(),
                  path + ".element");
          yield elements(element, list::endRow);
        }
        case MAP ->
            elements(
                ofEntry(wanted.asMapType(), file, (MapVectorBuilder) target, path),
                ((MapVectorBuilder) target)::endRow);
        default -> {
          AvroReader primitive = AvroPrimitives.reader(wanted, file, target);
          if (primitive == null) {
            throw misfit(wanted, file, path);
          }
          yield primitive;
        }
      };
    }

    private static AvroReader elements(AvroReader element, Runnable endRow) {
      return in -> {
        for (long count = in.readElementCount(); count > 0; count = in.readElementCount()) {
          for (long i = 0; i < count; i++) {
            in.countElement();
            element.read(in);
          }
        }
        endRow.run();
      };
    }

    /** A map of Avro has text for keys; other maps are lists of records of a key and a value. */
    private AvroReader ofEntry(
        Types.MapType wanted, Schema file, MapVectorBuilder map, String path) {
      Schema key;
      Schema value;
      if (file.getType() == Schema.Type.MAP) {
        key = Schema.create(Schema.Type.STRING);
        value = file.getValueType();
      } else if (file.getType() == Schema.Type.ARRAY
          && file.getElementType().getType() == Schema.Type.RECORD
          && file.getElementType().getFields().size() == 2) {
        key = file.getElementType().getFields().get(0).schema();
        value = file.getElementType().getFields().get(1).schema();
      } else {
        throw misfit(wanted, file, path);
      }
      AvroReader keys = ofValue(wanted.keyType(), key, map.keys(), path + ".key");
      AvroReader values = ofValue(wanted.valueType(), value, map.mapValues(), path + ".value");
      return in -> {
        keys.read(in);
        values.read(in);
      };
    }

    private EngineException misfit(Type wanted, Schema file, String path) {
      return AvroHeader.corrupt(
          location,
          "column "
              + path.substring(1)
              + " holds "
              + file.getType()
              + (file.getLogicalType() == null ? "" : " " + file.getLogicalType().getName())
              + ", which is no "
              + wanted,
          null);
    }
  }
}
