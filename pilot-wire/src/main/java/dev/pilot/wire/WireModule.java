package dev.pilot.wire;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.module.SimpleSerializers;
import com.fasterxml.jackson.databind.type.CollectionType;
import dev.pilot.api.id.Id;
import dev.pilot.api.value.Edit;
import dev.pilot.api.value.ItemResult;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.Named;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The forms that differ from Jackson's own. */
@SuppressWarnings("serial") // Jackson's supertypes are serializable; these are never serialized
final class WireModule extends SimpleModule {
    WireModule() {
        super("pilot");
    }

    @Override
    public void setupModule(Module.SetupContext context) {
        context.addSerializers(new Writers());
        context.addDeserializers(new Readers());
        context.addKeyDeserializers(
                (type, config, description) -> type.hasRawClass(String.class) ? new TextForm.KeyReader() : null);
    }

    private static final class Writers extends SimpleSerializers {
        Writers() {
            addSerializer(Id.class, new IdForm.Writer());
            addSerializer(Named.class, new NamedForm.Writer());
            addSerializer(Instant.class, new TimeForm.InstantWriter());
            addSerializer(Duration.class, new TimeForm.DurationWriter());
            addSerializer(Json.class, new JsonForm.Writer());
            addSerializer(Edit.class, new EditForm.Writer());
            addSerializer(ItemResult.class, new ItemResultForm.Writer());
        }

        @Override
        public @Nullable JsonSerializer<?> findCollectionSerializer(
                SerializationConfig config,
                CollectionType type,
                BeanDescription description,
                @Nullable TypeSerializer elementTypes,
                @Nullable JsonSerializer<Object> elements) {
            return type.isTypeOrSubTypeOf(Set.class) ? new SetForm.Writer() : null;
        }
    }

    private static final class Readers extends SimpleDeserializers {
        Readers() {
            addDeserializer(String.class, new TextForm.Reader());
            addDeserializer(Instant.class, new TimeForm.InstantReader());
            addDeserializer(Duration.class, new TimeForm.DurationReader());
        }

        @Override
        public @Nullable JsonDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription description)
                throws com.fasterxml.jackson.databind.JsonMappingException {
            Class<?> raw = type.getRawClass();
            if (Id.class.isAssignableFrom(raw)) {
                return new IdForm.Reader(raw.asSubclass(Id.class));
            } else if (Json.class.isAssignableFrom(raw)) {
                return new JsonForm.Reader(raw.asSubclass(Json.class));
            } else if (raw == Edit.class) {
                return new EditForm.Reader(type.containedType(0), null);
            } else if (raw == ItemResult.class) {
                return new ItemResultForm.Reader(type.containedType(0), null);
            }
            return super.findBeanDeserializer(type, config, description);
        }

        @Override
        public @Nullable JsonDeserializer<?> findEnumDeserializer(
                Class<?> type, DeserializationConfig config, BeanDescription description) {
            return Named.class.isAssignableFrom(type) ? NamedForm.reader(type) : null;
        }
    }
}
