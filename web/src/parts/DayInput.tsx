import "./dates.css";
import "dayjs/locale/zh-cn";
import { DatePickerInput } from "@mantine/dates";
import { baseText } from "../text/base";
import { Field, inputClass } from "./Field";
import { useIsPhone } from "./useIsPhone";

interface DayInputProps {
  label: string;
  value: string | null;
  onChange: (day: string | null) => void;
  min?: string;
  max?: string;
  hint?: string;
  error?: string;
  clearable?: boolean;
}

/** A calendar day, picked from a month in Chinese. */
export function DayInput({ label, value, onChange, min, max, hint, error, clearable }: DayInputProps) {
  const phone = useIsPhone();
  return (
    <Field label={label} hint={hint} error={error}>
      {(ids) => (
        <DatePickerInput
          {...ids}
          locale="zh-cn"
          valueFormat={baseText.dayFormat}
          monthLabelFormat={baseText.monthFormat}
          yearLabelFormat={baseText.yearFormat}
          firstDayOfWeek={1}
          placeholder={baseText.pickDay}
          value={value}
          onChange={(day) => onChange(day)}
          minDate={min}
          maxDate={max}
          clearable={clearable}
          dropdownType={phone ? "modal" : "popover"}
          classNames={{ input: inputClass }}
          styles={{ input: { height: "auto", minHeight: "max(var(--control), 40px)" } }}
          hideOutsideDates
          ariaLabels={baseText.calendar}
          popoverProps={{ withinPortal: true, shadow: "md", withRoles: false }}
          modalProps={{ title: label, closeButtonProps: { "aria-label": baseText.close } }}
        />
      )}
    </Field>
  );
}
