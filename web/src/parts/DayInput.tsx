import "./dates.css";
import "dayjs/locale/zh-cn";
import { DatePickerInput } from "@mantine/dates";
import { useBlocker } from "@tanstack/react-router";
import { useState } from "react";
import { baseText } from "../text/base";
import { Field, inputClass } from "./Field";
import { useGround } from "./ground";
import { useTopmost } from "./overlays";
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

/** A calendar day, picked from a month in Chinese. Back and Escape close the calendar, not the form beneath it. */
export function DayInput({ label, value, onChange, min, max, hint, error, clearable }: DayInputProps) {
  const phone = useIsPhone();
  const [picking, setPicking] = useState(false);
  const top = useTopmost(picking);
  useGround(picking);
  const close = () => setPicking(false);
  useBlocker({
    shouldBlockFn: ({ action }) => {
      if (action !== "BACK" || !top) return false;
      close();
      return true;
    },
    enableBeforeUnload: false,
    disabled: !picking,
  });
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
          onClick={() => setPicking(!picking)}
          onChange={(day) => {
            close();
            onChange(day);
          }}
          minDate={min}
          maxDate={max}
          clearable={clearable}
          dropdownType={phone ? "modal" : "popover"}
          classNames={{ input: inputClass }}
          styles={{ input: { height: "auto", minHeight: "max(var(--control), 40px)" } }}
          hideOutsideDates
          ariaLabels={baseText.calendar}
          popoverProps={{
            opened: picking,
            onClose: close,
            withinPortal: true,
            shadow: "md",
            withRoles: false,
          }}
          modalProps={{
            opened: picking,
            onClose: close,
            title: label,
            closeButtonProps: { "aria-label": baseText.close },
          }}
        />
      )}
    </Field>
  );
}
