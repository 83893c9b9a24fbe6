package dev.pilot.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.Pilot;
import dev.pilot.api.id.WorkerId;
import dev.pilot.api.project.CreateProject;
import dev.pilot.api.project.Project;
import dev.pilot.api.run.Approval;
import dev.pilot.api.run.ApprovalStatus;
import dev.pilot.api.run.ClaimRequest;
import dev.pilot.api.run.CreateRun;
import dev.pilot.api.run.GrantFilter;
import dev.pilot.api.run.GrantScope;
import dev.pilot.api.run.Lease;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunPolicy;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.ToolCall;
import dev.pilot.api.run.ToolGrant;
import dev.pilot.api.value.Json;
import dev.pilot.api.value.PageRequest;
import dev.pilot.client.PilotClient;
import dev.pilot.core.config.Settings;
import dev.pilot.wire.WireCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecideCommandsTest {
    @TempDir
    private Path directory;

    private StandaloneServer server;
    private Pilot pilot;
    private Project project;

    @BeforeEach
    void serve() throws Exception {
        Map<String, String> variables =
                Map.of("PILOT_DATA_DIR", directory.resolve("hub").toString(), "PILOT_PORT", "0");
        server = StandaloneServer.start(
                ServerSettings.from(Settings.load(null, variables, Map.of("worker.slots", "0"))));
        pilot = PilotClient.connect(
                server.uri(), Files.readString(server.tokenFile()).strip());
        project = pilot.projects().create(CreateProject.named("Apollo"));
    }

    @AfterEach
    void stop() {
        pilot.close();
        server.close();
    }

    private Called pilot(String command, String... args) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of(args));
        line.addAll(List.of("--hub", server.uri().toString()));
        line.addAll(List.of("--token-file", server.tokenFile().toString()));
        return Called.pilot(line.toArray(String[]::new));
    }

    private CreateRun.Builder run() {
        return CreateRun.forProject(project.id(), "fly to the moon").profile(RunProfile.command(List.of("true")));
    }

    private Run proposed() {
        return pilot.runs()
                .create(run().policy(RunPolicy.builder().approval(true).build()).build());
    }

    @Test
    void anEmptyInboxSaysSo() {
        Called inbox = pilot("inbox");

        assertThat(inbox.code()).isZero();
        assertThat(inbox.out()).isEqualTo("Nothing waits for you." + System.lineSeparator());
    }

    @Test
    void whatWaitsIsShownAndDecidedByItsIdOrItsRuns() {
        Run one = proposed();
        Run two = proposed();
        Run three = proposed();

        Called inbox = pilot("inbox");
        assertThat(inbox.code()).isZero();
        assertThat(inbox.out())
                .contains("start, risk medium", "fly to the moon", "project Apollo", "Yes queues the run");
        Called full = pilot("inbox", two.id().value());
        assertThat(full.out()).contains("\"goal\":\"fly to the moon\"");
        Json.Obj line = (Json.Obj)
                WireCodec.parse(pilot("inbox", one.id().value(), "--json").out().strip());
        String approval = ((Json.Obj) Objects.requireNonNull(line.get("approval"))).text("id");

        Called approved =
                pilot("approve", Objects.requireNonNull(approval), two.id().value(), "--comment", "go");
        assertThat(approved.code()).as(approved.err()).isZero();
        assertThat(approved.out()).contains(approval + " is approved: Start: fly to the moon");
        Called rejected = pilot("reject", three.id().value());
        assertThat(rejected.code()).as(rejected.err()).isZero();

        assertThat(pilot.runs().get(one.id()).state()).isEqualTo(RunState.QUEUED);
        assertThat(pilot.runs().get(two.id()).state()).isEqualTo(RunState.QUEUED);
        assertThat(pilot.runs().get(three.id()).state()).isEqualTo(RunState.CANCELLED);
        Called again = pilot("approve", approval);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("already-decided");
    }

    @Test
    void aToolIsGrantedAsFarAsIsSaid() {
        pilot.runs()
                .create(run().profile(RunProfile.command(List.of("true")).toBuilder()
                                .tools(List.of("fly"))
                                .build())
                        .policy(RunPolicy.builder().askTools(List.of("fly")).build())
                        .build());
        Run run = pilot.work()
                .claim(ClaimRequest.builder(new WorkerId("by-hand")).build())
                .toCompletableFuture()
                .join()
                .get(0)
                .run();
        Lease lease = Objects.requireNonNull(run.lease());
        Approval asked = Objects.requireNonNull(
                pilot.work().tool(lease, ToolCall.builder("fly").build()).approval());

        Called wrong = pilot("approve", asked.id().value(), "--for", "everybody");
        assertThat(wrong.code()).isEqualTo(1);
        assertThat(wrong.err()).contains("--for", "run, agent, project");
        Called approved = pilot("approve", asked.id().value(), "--for", "project", "--any-arguments", "--uses", "3");

        assertThat(approved.code()).as(approved.err()).isZero();
        assertThat(pilot.approvals().get(asked.id()).status()).isEqualTo(ApprovalStatus.APPROVED);
        ToolGrant grant = pilot.approvals()
                .grants(GrantFilter.ALL, PageRequest.first())
                .items()
                .get(0);
        assertThat(grant.scope()).isEqualTo(GrantScope.PROJECT);
        assertThat(grant.usesLeft()).isEqualTo(3);
        assertThat(grant.hash()).isNull();
    }

    @Test
    void whatIsNotThereIsSaid() {
        Called unknown = pilot("approve", "apr_unknown");

        assertThat(unknown.code()).isEqualTo(1);
        assertThat(unknown.err()).contains("apr_unknown", "not-found");
    }
}
