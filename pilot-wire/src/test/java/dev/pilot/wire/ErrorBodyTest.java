package dev.pilot.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pilot.api.error.AlreadyExists;
import dev.pilot.api.error.Conflict;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.FieldError;
import dev.pilot.api.error.Forbidden;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.LeaseLost;
import dev.pilot.api.error.NotAllowed;
import dev.pilot.api.error.NotFound;
import dev.pilot.api.error.OutcomeUnknown;
import dev.pilot.api.error.OverLimit;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.Task;
import dev.pilot.api.repo.Repo;
import dev.pilot.api.run.Agent;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.Run;
import dev.pilot.api.value.ItemResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErrorBodyTest {
    private static final Instant THEN = Instant.parse("2026-01-31T12:00:00.123456Z");

    static Stream<PilotException> errors() {
        Stream<PilotException> plain = Stream.of(
                new InvalidInput("task-cycle", List.of(new FieldError("a", "b"), new FieldError("c[0].d", "e"))),
                InvalidInput.of("name", "is required"),
                new InvalidInput("invalid", "as it came", List.of()),
                new NotFound("project", "prj_a"),
                new AlreadyExists("run", "run_a", "taken"),
                new Conflict("merge-conflict", "a.txt differs", "run", "run_a", null, null),
                new NotAllowed("illegal-transition", "is done"),
                new Forbidden("scope", "needs operator"),
                new Unauthenticated("show a token"),
                new LeaseLost("run_a", 3, 4, "claimed again"),
                new OverLimit("rate", "slower"),
                new OverLimit("log-in-locked", "later", Duration.ofSeconds(30)),
                new Unavailable("disk-full", "make room", new IllegalStateException()),
                new OutcomeUnknown("look first", null));
        Stream<PilotException> conflicts = Stream.of(
                        Project.class, Task.class, Agent.class, Run.class, Approval.class, Repo.class)
                .map(type -> Conflict.stale(
                        type.getSimpleName().toLowerCase(java.util.Locale.ROOT),
                        "x",
                        THEN,
                        THEN.plusNanos(1_000),
                        (Record) new Samples(7).of(type)));
        return Stream.concat(plain, conflicts);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void everyErrorComesBackAsItself(PilotException error) {
        ErrorBody body = WireCodec.readLenient(WireCodec.write(ErrorBody.of(error)), ErrorBody.class);
        PilotException back = body.toException();

        assertEquals(error.getClass(), back.getClass());
        assertEquals(error.kind(), back.kind());
        assertEquals(error.code(), back.code());
        assertEquals(error.getMessage(), back.getMessage());
        assertEquals(ErrorBody.of(error), ErrorBody.of(back), "the typed fields");
        assertEquals("urn:pilot:error:" + error.code(), body.type());
        assertEquals(ErrorBody.status(error.kind()), body.status());
        if (error instanceof Conflict conflict) {
            assertEquals(conflict.current(), ((Conflict) back).current());
            assertEquals(conflict.currentUpdatedAt(), ((Conflict) back).currentUpdatedAt());
        }
    }

    @ParameterizedTest
    @MethodSource("errors")
    void aRefusedItemCarriesItsError(PilotException error) {
        byte[] json =
                WireCodec.write(new dev.pilot.api.value.Page<>(List.of(new ItemResult.Refused<Project>(error)), null));
        ItemResult<Project> back =
                WireCodec.read(json, WireType.resultsOf(Project.class)).items().get(0);
        PilotException refused =
                assertInstanceOf(ItemResult.Refused.class, back).error();
        assertEquals(ErrorBody.of(error), ErrorBody.of(refused));
    }

    @Test
    void everyKindOfErrorIsTried() {
        Set<ErrorKind> tried = errors().map(PilotException::kind).collect(Collectors.toSet());
        assertEquals(Set.of(ErrorKind.values()), tried);
        assertEquals(
                Set.of(PilotException.class.getPermittedSubclasses()),
                errors().map(PilotException::getClass).collect(Collectors.toSet()));
    }

    @Test
    void aBodyThatIsNotPilotsOwnIsJudgedByItsStatus() {
        record Expected(int status, ErrorKind kind) {}
        for (Expected expected : List.of(
                new Expected(400, ErrorKind.INVALID),
                new Expected(401, ErrorKind.UNAUTHENTICATED),
                new Expected(403, ErrorKind.FORBIDDEN),
                new Expected(404, ErrorKind.NOT_FOUND),
                new Expected(413, ErrorKind.INVALID),
                new Expected(429, ErrorKind.OVER_LIMIT),
                new Expected(500, ErrorKind.UNAVAILABLE),
                new Expected(502, ErrorKind.UNAVAILABLE),
                new Expected(504, ErrorKind.OUTCOME_UNKNOWN))) {
            ErrorBody body = WireCodec.readLenient("{\"status\":" + expected.status + "}", ErrorBody.class);
            assertEquals(expected.kind, body.toException().kind());
        }
        assertEquals(
                ErrorKind.UNAVAILABLE,
                WireCodec.readLenient("{}", ErrorBody.class).toException().kind());
        assertEquals(
                ErrorKind.NOT_FOUND,
                WireCodec.readLenient("{\"status\":404,\"kind\":\"quantum\",\"code\":\"new\"}", ErrorBody.class)
                        .toException()
                        .kind());
    }

    @Test
    void aConflictWithAnEntityOfTheFutureIsStillAConflict() {
        String body =
                "{\"status\":409,\"kind\":\"conflict\",\"code\":\"conflict\",\"detail\":\"d\",\"entity\":\"project\","
                        + "\"id\":\"p\",\"current\":{\"status\":\"dreaming\"}}";
        Conflict conflict = assertInstanceOf(
                Conflict.class, WireCodec.readLenient(body, ErrorBody.class).toException());
        assertNull(conflict.current());
        assertTrue(conflict.id().equals("p") && conflict.entity().equals("project"));
    }
}
