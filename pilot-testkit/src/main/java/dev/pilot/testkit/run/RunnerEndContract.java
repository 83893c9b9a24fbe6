package dev.pilot.testkit.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pilot.api.run.Run;
import dev.pilot.api.run.RunnerAdapter.Work;
import dev.pilot.api.run.RunnerResult;
import dev.pilot.api.run.RunnerResult.End;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promises 3, 4 and 5: work ends by itself, by a limit or by being cancelled, and then nothing of it runs any more. */
abstract class RunnerEndContract extends RunnerStage {
    /** Leaves a process that has left its parents, its session and its output behind. */
    private static final String STRAY =
            "(setsid sh -c 'echo $$ > stray; exec sleep 1000' > /dev/null 2>&1 < /dev/null &) ; while [ ! -s stray ]; do :; done; ";

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 255})
    void theExitCodeIsKept(int code) {
        RunnerResult result = finish(script("exit " + code), new RecordingSink());

        assertThat(result.end()).isEqualTo(End.EXITED);
        assertThat(result.exitCode()).isEqualTo(code);
        assertThat(result.message().isEmpty()).isEqualTo(code == 0);
        assertThat(result.wall()).isPositive();
    }

    @Test
    void aSignalIsAnExitCodeAbove128() {
        RunnerResult result = finish(script("kill -9 $$"), new RecordingSink());

        assertThat(result.end()).isEqualTo(End.EXITED);
        assertThat(result.exitCode()).isEqualTo(128 + 9);
    }

    @Test
    void theWallLimitEndsTheWorkAndKeepsWhatWasPrinted() {
        Run run = script("echo begun; sh -c 'echo $$ > pid; exec sleep 1000'");
        RecordingSink sink = new RecordingSink();
        RunnerResult result = finish(within(run, budget -> budget.wall(Duration.ofMillis(500))), sink);

        assertThat(result.end()).isEqualTo(End.WALL_LIMIT);
        assertThat(result.exitCode()).isNull();
        assertThat(result.wall()).isGreaterThanOrEqualTo(Duration.ofMillis(500));
        assertThat(sink.text()).isEqualTo("begun\n");
        assertGone("pid");
    }

    @Test
    void cancellingIsPoliteFirst() {
        Work work = running("trap 'echo bye > bye; exit 0' TERM; echo $$ > ready; while :; do sleep 0.02; done");
        work.cancel(LONG);

        assertThat(result(work).end()).isEqualTo(End.CANCELLED);
        assertThat(work().resolve("bye")).hasContent("bye\n");
        assertGone("ready");
    }

    @Test
    void whatIsPrintedInThePoliteTimeIsKept() {
        RecordingSink sink = new RecordingSink();
        String script = "trap 'echo last words; exit 0' TERM; echo $$ > ready; while :; do sleep 0.02; done";
        Work work = adapter().start(task(script(script)), sink);
        LiveProcesses.pid(work().resolve("ready"));
        work.cancel(LONG);
        result(work);

        assertThat(sink.text()).isEqualTo("last words\n");
    }

    @Test
    void cancellingIsFirmInTheEnd() {
        Work work = running("trap '' TERM; echo $$ > ready; while :; do sleep 1000; done");
        work.cancel(SHORT);

        RunnerResult result = result(work);
        assertThat(result.end()).isEqualTo(End.CANCELLED);
        assertThat(result.exitCode()).isNull();
        assertGone("ready");
    }

    @Test
    void cancellingTwiceDoesNothingMore() {
        Work work = running("trap '' TERM; echo $$ > ready; while :; do sleep 1000; done");
        work.cancel(SHORT);
        work.cancel(LONG);

        assertThat(result(work).end()).isEqualTo(End.CANCELLED);
        work.cancel(SHORT);
        assertThat(result(work).end()).isEqualTo(End.CANCELLED);
    }

    @Test
    void cancellingWhatHasEndedDoesNothing() {
        Work work = adapter().start(task(script("exit 3")), new RecordingSink());
        assertThat(result(work).exitCode()).isEqualTo(3);
        work.cancel(Duration.ZERO);

        assertThat(result(work).end()).isEqualTo(End.EXITED);
    }

    @Test
    void cancellingEndsWholeFamilies() {
        Work work = running("sh -c 'sh -c \"echo \\$\\$ > grandchild; exec sleep 1000\" & echo $$ > child; wait' &"
                + " env -i sh -c 'echo $$ > bare; exec sleep 1000' & echo $$ > ready; wait");
        List<Long> family = List.of(pid("child"), pid("grandchild"), pid("bare"), pid("ready"));
        work.cancel(Duration.ZERO);
        result(work);

        assertThat(family).noneMatch(LiveProcesses::runs);
    }

    @Test
    void whatStartsChildrenWhileItIsEndedIsEnded() {
        Work work =
                running("trap 'for i in 1 2 3 4 5 6 7 8; do sleep 1000 & echo $! >> late; done' TERM; echo $$ > ready;"
                        + " while :; do sleep 0.02; done");
        work.cancel(SHORT);
        result(work);

        assertThat(LiveProcesses.content(work().resolve("late")).lines())
                .isNotEmpty()
                .noneMatch(pid -> LiveProcesses.runs(Long.parseLong(pid)));
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            disabledReason = "elsewhere nothing tells where a process came from that left its parents")
    void cancellingEndsStraysInSessionsOfTheirOwn() {
        Work work = running(STRAY + "echo $$ > ready; sleep 1000");
        assertThat(LiveProcesses.runs(pid("stray"))).isTrue();
        work.cancel(Duration.ofSeconds(5));
        result(work);

        assertGone("stray");
        assertGone("ready");
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            disabledReason = "elsewhere nothing tells where a process came from that left its parents")
    void straysAreEndedAfterAnOrdinaryExitToo() {
        RunnerResult result = finish(script(STRAY + "echo done"), new RecordingSink());

        assertThat(result).matches(RunnerResult::isSuccess);
        assertGone("stray");
    }

    @Test
    void closingEndsAllThatRuns() {
        List<Work> works = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            works.add(
                    adapter().start(task(script("echo $$ > ready" + i + "; sleep 1000 & wait")), new RecordingSink()));
        }
        List<Long> pids = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            pids.add(pid("ready" + i));
        }
        adapter().close();

        assertThat(works).allMatch(work -> work.result().toCompletableFuture().isDone());
        assertThat(works).extracting(work -> result(work).end()).containsOnly(End.CANCELLED);
        assertThat(pids).noneMatch(LiveProcesses::runs);
    }

    @Test
    void nothingStartsAfterClosing() {
        adapter().close();

        assertThat(finish(script("echo never > made"), new RecordingSink()).end())
                .isEqualTo(End.NOT_STARTED);
        assertThat(work().resolve("made")).doesNotExist();
    }

    @Test
    void manyRunAtOnceWithoutMixingUp() {
        List<RecordingSink> sinks = new ArrayList<>();
        List<Work> works = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sinks.add(new RecordingSink());
            works.add(adapter().start(task(script("echo out " + i + "; exit " + i)), sinks.get(i)));
        }
        for (int i = 0; i < 20; i++) {
            assertThat(result(works.get(i)).exitCode()).isEqualTo(i);
            assertThat(sinks.get(i).text()).isEqualTo("out " + i + "\n");
        }
    }

    private Work running(String script) {
        Work work = adapter().start(task(script(script)), new RecordingSink());
        pid("ready");
        return work;
    }

    private long pid(String file) {
        return LiveProcesses.pid(work().resolve(file));
    }

    private void assertGone(String file) {
        Path written = work().resolve(file);
        assertThat(LiveProcesses.runs(LiveProcesses.pid(written))).as(file).isFalse();
    }
}
