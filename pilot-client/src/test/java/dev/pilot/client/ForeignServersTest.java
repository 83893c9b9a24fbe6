package dev.pilot.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pilot.api.Pilot;
import dev.pilot.api.error.ErrorKind;
import dev.pilot.api.error.InvalidInput;
import dev.pilot.api.error.OutcomeUnknown;
import dev.pilot.api.error.PilotException;
import dev.pilot.api.error.Unauthenticated;
import dev.pilot.api.error.Unavailable;
import dev.pilot.api.id.ProjectId;
import dev.pilot.api.project.Project;
import dev.pilot.api.project.UpdateProject;
import dev.pilot.api.system.Health;
import dev.pilot.wire.ErrorBody;
import dev.pilot.wire.WireCodec;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What proxies, other servers and hubs in trouble answer. */
final class ForeignServersTest {
    private static final ProjectId ID = new ProjectId("prj_1");
    private static final Project PROJECT = Project.builder()
            .id(ID)
            .name("name")
            .createdAt(Instant.EPOCH)
            .updatedAt(Instant.EPOCH)
            .build();

    @Test
    void aHubThatIsBusyIsAskedAgainWhenItSays() {
        MockResponse busy = StubServer.problem(ErrorBody.of(new Unavailable("busy", "Later, please.", null)))
                .newBuilder()
                .setHeader("Retry-After", "1")
                .build();
        try (StubServer server = new StubServer(count -> count == 0 ? busy : StubServer.json(200, PROJECT));
                Pilot pilot = server.client()) {
            long start = System.nanoTime();
            assertThat(pilot.projects().get(ID)).isEqualTo(PROJECT);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000_000L);
        }
    }

    /** As the door of a hub does, before it looks at what is asked for. */
    private static MockResponse turnedAway(String seconds) {
        return StubServer.problem(
                        ErrorBody.plain(429, ErrorKind.UNAVAILABLE, "too-many-requests", "Come again later.", null))
                .newBuilder()
                .setHeader("Retry-After", seconds)
                .build();
    }

    @Test
    void whatTheDoorTurnsAwayIsSentAgainEvenIfItIsNotSafeToDoTwice() {
        try (StubServer server = new StubServer(count -> count == 0 ? turnedAway("1") : StubServer.json(200, PROJECT));
                Pilot pilot = server.client()) {
            long start = System.nanoTime();
            assertThat(pilot.projects().update(ID, UpdateProject.builder().build()))
                    .isEqualTo(PROJECT);
            assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(1_000_000_000L);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void whoeverIsTurnedAwayAgainAndAgainIsToldInTheEnd() {
        try (StubServer server = new StubServer(count -> turnedAway("0"));
                Pilot pilot = server.client()) {
            Unavailable error = catchThrowableOfType(
                    Unavailable.class,
                    () -> pilot.projects().update(ID, UpdateProject.builder().build()));
            assertThat(error.code()).isEqualTo("too-many-requests");
            assertThat(server.requests()).hasSize(4);
        }
        try (StubServer server = new StubServer(count -> turnedAway("3600"));
                Pilot pilot = server.client()) {
            assertThat(catchThrowableOfType(
                                    Unavailable.class, () -> pilot.projects().get(ID))
                            .code())
                    .isEqualTo("too-many-requests");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void whatIsNotSafeIsNotSentAgainToABusyHub() {
        try (StubServer server = new StubServer(
                        count -> StubServer.problem(ErrorBody.of(new Unavailable("disk-full", "No room.", null))));
                Pilot pilot = server.client()) {
            Unavailable error = catchThrowableOfType(
                    Unavailable.class,
                    () -> pilot.projects().update(ID, UpdateProject.builder().build()));
            assertThat(error.code()).isEqualTo("disk-full");
            assertThat(error.getMessage()).isEqualTo("No room.");
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aHubThatAsksToWaitForLongIsNotWaitedFor() {
        MockResponse busy = StubServer.problem(ErrorBody.of(new Unavailable("busy", "Later, please.", null)))
                .newBuilder()
                .setHeader("Retry-After", "3600")
                .build();
        try (StubServer server = new StubServer(count -> busy);
                Pilot pilot = server.client()) {
            assertThat(catchThrowableOfType(
                            Unavailable.class, () -> pilot.projects().get(ID)))
                    .isNotNull();
            assertThat(server.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>hello</html>", "{\"name\":7}", "{\"id\":", "null", "[]"})
    void anAnswerThatCannotBeReadIsNoHubs(String garbage) {
        try (StubServer server = new StubServer(count -> StubServer.text(200, garbage));
                Pilot pilot = server.client()) {
            Unavailable read = catchThrowableOfType(
                    Unavailable.class, () -> pilot.projects().get(ID));
            assertThat(read).isNotNull();
            assertThat(read.code()).isEqualTo("bad-answer");
            assertThat(catchThrowableOfType(
                            OutcomeUnknown.class,
                            () -> pilot.projects()
                                    .update(ID, UpdateProject.builder().build())))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "400,INVALID",
        "401,UNAUTHENTICATED",
        "403,FORBIDDEN",
        "404,NOT_FOUND",
        "413,INVALID",
        "429,OVER_LIMIT",
        "500,UNAVAILABLE",
        "502,UNAVAILABLE",
        "302,INVALID"
    })
    void aStatusWithoutExplanationIsJudgedByItself(int status, ErrorKind kind) {
        try (StubServer server = new StubServer(count -> StubServer.text(status, "<html>oops</html>"));
                Pilot pilot = server.client(0)) {
            PilotException error = catchThrowableOfType(
                    PilotException.class,
                    () -> pilot.projects().update(ID, UpdateProject.builder().build()));
            assertThat(error).isNotNull();
            assertThat(error.kind()).isEqualTo(kind);
        }
    }

    @Test
    void aProblemThatIsNoneOfOursIsJudgedByItsStatus() {
        MockResponse garbage = StubServer.text(401, "not json")
                .newBuilder()
                .setHeader("Content-Type", ErrorBody.MEDIA_TYPE)
                .build();
        try (StubServer server = new StubServer(count -> garbage);
                Pilot pilot = server.client()) {
            assertThat(catchThrowableOfType(
                            Unauthenticated.class, () -> pilot.projects().get(ID)))
                    .isNotNull();
        }
    }

    @Test
    void aNewerHubsAnswerMayHaveMoreFields() {
        String newer = WireCodec.writeText(PROJECT).replaceFirst("\\{", "{\"colour\":\"blue\",");
        try (StubServer server = new StubServer(count -> StubServer.text(200, newer));
                Pilot pilot = server.client()) {
            assertThat(pilot.projects().get(ID)).isEqualTo(PROJECT);
        }
    }

    @Test
    void theTokenIsNotSentElsewhere() {
        try (StubServer elsewhere = new StubServer(count -> StubServer.json(200, PROJECT));
                StubServer server = new StubServer(count -> new MockResponse.Builder()
                        .code(307)
                        .setHeader("Location", elsewhere.uri().toString())
                        .build());
                Pilot pilot = server.client()) {
            assertThat(catchThrowableOfType(
                            InvalidInput.class, () -> pilot.projects().get(ID)))
                    .isNotNull();
            assertThat(server.requests().get(0).getHeaders().get("Authorization"))
                    .isEqualTo("Bearer token-of-the-test");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void aHubThatIsNotWellStillSaysHowItIs() {
        Health health = new Health(false, List.of(new Health.Check("disk", false, "full")));
        try (StubServer server = new StubServer(count -> StubServer.json(503, health));
                Pilot pilot = server.client()) {
            assertThat(pilot.system().health()).isEqualTo(health);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void aBaseWithAPathIsKept() {
        try (StubServer server = new StubServer(count -> StubServer.json(200, PROJECT));
                Pilot pilot = PilotClient.connect(server.uri().resolve("/behind/a/proxy"), "token-of-the-test")) {
            pilot.projects().get(ID);
            assertThat(server.requests().get(0).getTarget()).isEqualTo("/behind/a/proxy/api/projects/prj_1");
        }
    }

    @Test
    void whatIsNoAddressIsSaidAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PilotClient.connect(URI.create("ftp://example.org"), "token"));
    }
}
