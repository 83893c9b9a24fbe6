package dev.pilot.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.project.Project;
import dev.pilot.api.run.Assignment;
import dev.pilot.api.run.OutputChunk;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RoundTripTest {
    private static final int SEEDS = 25;

    static List<Class<?>> records() {
        return ApiRecords.all();
    }

    @ParameterizedTest
    @MethodSource("records")
    void everyRecordComesBackEqual(Class<?> type) {
        for (int seed = 0; seed < SEEDS; seed++) {
            Object record = new Samples(seed).of(type);
            String json = WireCodec.writeText(record);
            Object back = WireCodec.read(WireCodec.write(record), type);
            // By text as well: arrays of bytes are only equal there.
            assertEquals(json, WireCodec.writeText(back));
            if (type != OutputChunk.class && !type.getSimpleName().equals("Diff")) {
                assertEquals(record, back, json);
            }
            assertEquals(json, WireCodec.writeText(WireCodec.readLenient(json, type)));
        }
    }

    @Test
    void theRecordsAreFound() {
        assertTrue(records().contains(Project.class) && records().contains(Assignment.class));
        assertTrue(records().size() > 60, () -> "only " + records().size());
    }

    @Test
    void pagesAndResultsOfAnyRecordComeBackEqual() {
        for (int seed = 0; seed < SEEDS; seed++) {
            for (WireType<?> type : List.of(
                    WireType.pageOf(Project.class),
                    WireType.resultsOf(Assignment.class),
                    WireType.createdOf(Project.class),
                    WireType.listOf(Project.class))) {
                Object value = new Samples(seed).of(type.type());
                assertEquals(value, WireCodec.read(WireCodec.write(value), type));
            }
        }
    }
}
