package dev.pilot.core.run;

import dev.pilot.core.approval.ApprovalDesk;
import dev.pilot.core.output.ArtifactFiles;
import dev.pilot.core.output.OutputDesk;

/**
 * What the use-cases of runs share, one of each per hub.
 *
 * @param transitions moves runs
 * @param approvals writes approvals
 * @param attempts keeps the record of attempts
 * @param creation makes runs
 * @param intake takes what asks for runs
 * @param decisions decides approvals
 * @param merges merges what was accepted
 * @param budgets holds usage against budgets
 * @param waits waits for decisions
 * @param tools decides which tools runs may use
 * @param output what runs print
 * @param files the bytes of artifacts
 * @param backOff how long runs pause after failures
 */
record RunParts(
        RunTransitions transitions,
        ApprovalDesk approvals,
        Attempts attempts,
        RunCreation creation,
        RunIntake intake,
        Decisions decisions,
        ReviewMerges merges,
        RunBudgets budgets,
        DecisionWaits waits,
        ToolUse tools,
        OutputDesk output,
        ArtifactFiles files,
        BackOff backOff) {}
