"""Step Functions: a distributed Map fails when more of its executions failed than it tolerates.

moto counts them and goes on, with null in the place of what they should have answered.
"""

from typing import Any

from local.moto_repairs.attaching import module, replace

ASL = "stepfunctions.parser.asl.component"


def repair() -> None:
    """Attach it."""
    place = f"{ASL}.state.exec.state_map.iteration.distributed_iteration_component"
    component = module(place).DistributedIterationComponent

    def run(self: Any, env: Any, eval_input: Any) -> None:
        before(self, env, eval_input)
        record = eval_input.map_run_record
        items = record.item_counter
        failed = sum(each.get() for each in (items.failed, items.timed_out, items.aborted))
        # Where it tolerates both a number and a share, AWS fails it at the first of the two.
        share = 100 * failed / max(items.total.get(), 1)
        if failed > record.tolerated_failure_count and share > record.tolerated_failure_percentage:
            env.stack.pop()
            raise _failure(env, failed)

    before = replace(component, "_map_run", run)


def _failure(env: Any, failed: int) -> Any:
    """What a Map reports that tolerated less."""
    events, api = (
        module(f"{ASL}.common.error_name.failure_event"),
        module("stepfunctions.parser.api"),
    )
    names = module(f"{ASL}.common.error_name.states_error_name")
    kinds = module(f"{ASL}.common.error_name.states_error_name_type").StatesErrorNameType
    details = module("stepfunctions.parser.asl.eval.event.event_detail").EventDetails
    name = names.StatesErrorName(typ=kinds.StatesExceedToleratedFailureThreshold)
    cause = f"{failed} of its executions failed, and that exceeds what is tolerated."
    told = api.MapRunFailedEventDetails(error=name.error_name, cause=cause)
    return events.FailureEventException(
        failure_event=events.FailureEvent(
            env=env,
            error_name=name,
            event_type=api.HistoryEventType.MapRunFailed,
            event_details=details(mapRunFailedEventDetails=told),
        )
    )
