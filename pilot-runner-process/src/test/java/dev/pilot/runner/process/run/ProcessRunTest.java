package dev.pilot.runner.process.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.id.ProjectId;
import dev.pilot.api.id.RunId;
import dev.pilot.api.run.GoalVia;
import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunProfile;
import dev.pilot.api.run.RunState;
import dev.pilot.api.run.RunnerAdapter;
import dev.pilot.api.run.RunnerKind;
import dev.pilot.api.run.RunnerProvider;
import dev.pilot.api.run.RunnerResult;
import dev.pilot.api.run.RunnerResult.End;
import dev.pilot.api.run.RunnerTask;
import dev.pilot.api.value.Json;
import dev.pilot.testkit.access.LiteralRedactor;
import dev.pilot.testkit.run.LiveProcesses;
import dev.pilot.testkit.run.RecordingSink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What this runner promises beyond the port: the variables and files of {@link ProcessRunnerProvider}, and its notes. */
@DisabledOnOs(OS.WINDOWS)
class ProcessRunTest {
    @TempDir
    Path home;

    private final RecordingSink sink = new RecordingSink();

    @Test
    void feedbackDiffInputsAndPromptAreInFiles() throws Exception {
        Run run = script(
                        "cat \"$PILOT_FEEDBACK_FILE\" \"$PILOT_PREVIOUS_DIFF_FILE\" \"$PILOT_INPUTS_FILE\" \"$PILOT_SYSTEM_PROMPT_FILE\"")
                .feedback("shorter, please\n")
                .inputs(Json.object("look", "here"))
                .build();

        assertThat(finish(run, Map.of(), "--- a\n+++ b\n")).matches(RunnerResult::isSuccess);
        assertThat(sink.text()).isEqualTo("shorter, please\n--- a\n+++ b\n{\"look\":\"here\"}be brief");
    }

    @Test
    void whatIsNotThereHasNoVariable() throws Exception {
        assertThat(finish(script("env | cut -d= -f1 | sort").build(), Map.of(), null))
                .matches(RunnerResult::isSuccess);

        assertThat(sink.text().lines().filter(name -> name.startsWith("PILOT_")))
                .containsExactly(
                        "PILOT_ATTEMPT",
                        "PILOT_COOKIE",
                        "PILOT_GOAL_FILE",
                        "PILOT_PROJECT_ID",
                        "PILOT_RUN_ID",
                        "PILOT_SCRATCH",
                        "PILOT_SYSTEM_PROMPT_FILE");
    }

    @Test
    void theHubsOwnVariablesAreNeverPassedAndPassedSecretsAreRedacted() throws Exception {
        Map<String, String> own = Map.of("PILOT_ADMIN_TOKEN", "the-hubs-own", "MODEL_API_KEY", "sk-passed-on");

        assertThat(finish(script("env; echo $MODEL_API_KEY >&2").build(), own, null))
                .matches(RunnerResult::isSuccess);
        assertThat(sink.text())
                .contains("MODEL_API_KEY=[redacted]\n")
                .doesNotContain("PILOT_ADMIN_TOKEN", "sk-passed-on");
    }

    @Test
    void aRunWithoutACommandIsNotStarted() throws Exception {
        Run run = script("true").profile(RunProfile.builder().build()).build();

        RunnerResult result = finish(run, Map.of(), null);
        assertThat(result.end()).isEqualTo(End.NOT_STARTED);
        assertThat(result.message()).contains("profile.command");
    }

    @Test
    void aScriptWhoseInterpreterIsAbsentIsNotStarted() throws Exception {
        Path tool = home.resolve("tool");
        Files.writeString(tool, "#!/no/such/interpreter -x\n");
        assertThat(tool.toFile().setExecutable(true)).isTrue();
        Run run = script("true").profile(RunProfile.command(List.of("./tool"))).build();

        RunnerResult result = finish(run, Map.of(), null);
        assertThat(result.end()).isEqualTo(End.NOT_STARTED);
        assertThat(result.message()).contains("./tool", "/no/such/interpreter");
    }

    @Test
    void anArgumentThatIsTooLongIsNotStartedAndSaysWhatToDo() throws Exception {
        Run run = script("true")
                .profile(RunProfile.command(List.of("true")))
                .goal("x".repeat(3 << 20))
                .build();

        RunnerResult result = finish(run, Map.of(), null);
        assertThat(result.end()).isEqualTo(End.NOT_STARTED);
        assertThat(result.message()).contains("'true'", "stdin or file").doesNotContain("xxx");
    }

    @Test
    void aVariableThatNoProcessCanBeGivenIsNamedButNotShown() throws Exception {
        Run run = script("true")
                .profile(RunProfile.command(List.of("true")).toBuilder()
                        .environment(Map.of("ODD", "se\0cret"))
                        .build())
                .build();

        RunnerResult result = finish(run, Map.of(), null);
        assertThat(result.end()).isEqualTo(End.NOT_STARTED);
        assertThat(result.message()).contains("ODD").doesNotContain("cret");
    }

    @Test
    void scratchThatCannotBeWrittenIsAResult() throws Exception {
        Files.writeString(home.resolve("scratch"), "in the way");

        RunnerResult result = finish(script("true").build(), Map.of(), null);
        assertThat(result.end()).isEqualTo(End.BROKEN);
        assertThat(result.message()).contains("scratch");
    }

    @Test
    void nothingIsNotedOnceARunHasEnded() throws Exception {
        RunnerResult result = finish(
                script("ls \"$STATE\"").build(),
                Map.of("PILOT_STATE_DIR", home.resolve("state").toString()),
                null);

        assertThat(result).matches(RunnerResult::isSuccess);
        assertThat(sink.text()).endsWith(".process\n");
        assertThat(home.resolve("state")).isEmptyDirectory();
    }

    private Run.Builder script(String script) {
        RunProfile profile = RunProfile.command(List.of("sh", "-c", script)).toBuilder()
                .goalVia(GoalVia.FILE)
                .systemPrompt("be brief")
                .passEnvironment(List.of("PILOT_ADMIN_TOKEN", "MODEL_API_KEY"))
                .environment(Map.of("STATE", home.resolve("state").toString()))
                .build();
        return Run.builder()
                .id(new RunId("run_1"))
                .projectId(new ProjectId("prj_1"))
                .goal("goal")
                .profile(profile)
                .state(RunState.RUNNING)
                .attempt(2)
                .createdAt(Instant.EPOCH)
                .updatedAt(Instant.EPOCH);
    }

    private RunnerResult finish(Run run, Map<String, String> own, String previousDiff) throws Exception {
        Map<String, String> environment = new HashMap<>(own);
        environment.put("PATH", "/usr/bin:/bin");
        RunnerProvider provider = ServiceLoader.load(RunnerProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(found -> found.kind() == RunnerKind.PROCESS)
                .findFirst()
                .orElseThrow();
        try (RunnerAdapter adapter = provider.runner(new LiteralRedactor(), environment)) {
            RunnerTask task = new RunnerTask(run, home, home.resolve("scratch"), Map.of(), previousDiff);
            return adapter.start(task, sink)
                    .result()
                    .toCompletableFuture()
                    .get(LiveProcesses.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }
}
