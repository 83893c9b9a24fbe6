package dev.pilot.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import dev.pilot.api.error.InvalidInput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** Instants are RFC 3339 with microseconds; durations ISO 8601 or, when read, milliseconds. */
final class TimeForm {
    /** Nanoseconds in a {@code long} reach this far, so nobody's arithmetic overflows. */
    private static final Duration LONGEST = Duration.ofDays(100_000);

    private TimeForm() {}

    static final class InstantWriter extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(WireText.of(time));
        }
    }

    static final class InstantReader extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1L;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            try {
                return WireText.instant(TextForm.read(in), "");
            } catch (InvalidInput e) {
                throw new BadValue(in, e.fields().get(0).problem());
            }
        }
    }

    static final class DurationWriter extends StdScalarSerializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationWriter() {
            super(Duration.class);
        }

        @Override
        public void serialize(Duration duration, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(duration.toString());
        }
    }

    static final class DurationReader extends StdScalarDeserializer<Duration> {
        private static final long serialVersionUID = 1L;

        DurationReader() {
            super(Duration.class);
        }

        @Override
        public Duration deserialize(JsonParser in, DeserializationContext context) throws IOException {
            Duration duration;
            try {
                duration = in.hasToken(JsonToken.VALUE_NUMBER_INT)
                        ? Duration.ofMillis(in.getLongValue())
                        : Duration.parse(TextForm.read(in));
            } catch (ArithmeticException | java.time.format.DateTimeParseException e) {
                throw new BadValue(in, "must be an ISO 8601 duration such as PT1.5S, or a number of milliseconds");
            }
            if (duration.abs().compareTo(LONGEST) > 0) {
                throw new BadValue(in, "must not be longer than " + LONGEST.toDays() + " days");
            }
            return duration;
        }
    }
}
